import { describe, expect, test } from 'vitest';
import { allows, readConfig } from '../../workers/config.ts';

describe('the configuration', () => {
  test('works without a single variable, and refuses the operator without a token', () => {
    const config = readConfig({});
    expect(config.followMode).toBe('adaptive');
    expect(config.jetstreamUrls.length).toBeGreaterThan(1);
    expect(config.followSource).toBe('jetstream');
    expect(config.pdsSockets).toBe(8);
    expect(config.lookbackMs).toBe(24 * 3_600_000);
    expect(config.adminToken).toBeNull();
    expect(config).toMatchObject({ founding: 'operator', foundersDomain: null, archiveAfterMs: null });
    expect(config.development).toBe(false);
    expect(config.meter).toBe(false);
    expect(config.dohUrl).toBe('https://cloudflare-dns.com/dns-query');
    expect(config).toMatchObject({ resizeImages: true, prefetchBytes: 0, legalContact: null, mediaKnownMs: 30_000 });
  });

  test('reads lists, numbers and words, and ignores what is no text', () => {
    const config = readConfig({
      ...{ INSTANCE_HOSTS: 'Example.ORG, www.example.org,', JETSTREAM_URLS: 'wss://a/subscribe', DRAIN_MINUTES: '3' },
      ...{
        FOLLOW_MODE: 'drain',
        FOLLOW_SOURCE: 'pds',
        PDS_POLL_MINUTES: '1',
        DB: {},
        ALLOWED_COLLECTIONS: 'a.b.c, d.e.*',
      },
    });
    expect(config.instanceHosts).toEqual(['example.org', 'www.example.org']);
    expect(config.jetstreamUrls).toEqual(['wss://a/subscribe']);
    expect(config.drainMs).toBe(180_000);
    expect(config.followMode).toBe('drain');
    expect([config.followSource, config.pdsPollMs]).toEqual(['pds', 60_000]);
    expect(config.allowedCollections).toEqual(['a.b.c', 'd.e.*']);
  });

  test.each([
    [{ FOLLOW_MODE: 'sometimes' }, /FOLLOW_MODE must be adaptive, live or drain, not "sometimes"/],
    [{ FOUNDING: 'everybody' }, /FOUNDING must be operator, approved or anyone, not "everybody"/],
    [{ ARCHIVE_AFTER_DAYS: '30' }, /ARCHIVE_AFTER_DAYS must be at least 60, not 30/],
    [{ ARCHIVE_AFTER_DAYS: 'never' }, /ARCHIVE_AFTER_DAYS must be a positive number/],
    [{ FOLLOW_SOURCE: 'relay' }, /FOLLOW_SOURCE must be jetstream or pds, not "relay"/],
    [{ JETSTREAM_LOOKBACK: 'long' }, /JETSTREAM_LOOKBACK must be a positive number, not "long"/],
    [{ DOH_URL: '1.1.1.1' }, /DOH_URL must be an address such as https:\/\/.*, not "1.1.1.1"/],
    [{ PLC_URL: 'plc.directory' }, /PLC_URL must be an address/],
    [{ DRAIN_MINUTES: '-1' }, /DRAIN_MINUTES must be a positive number/],
  ])('says what is wrong with %j', (env, message) => {
    expect(() => readConfig(env)).toThrow(message);
  });

  test('further collections count only where the operator allows them', () => {
    const allowed = allows(['a.b.c', 'd.e.*']);
    expect([allowed('a.b.c'), allowed('d.e.f'), allowed('d.e.f.g')]).toEqual([true, true, true]);
    expect([allowed('a.b.cd'), allowed('d.ef.g'), allowed('x.y.z')]).toEqual([false, false, false]);
    expect(allows([])('a.b.c')).toBe(false);
    expect(allows(['*'])('a.b.c')).toBe(true);
  });
});

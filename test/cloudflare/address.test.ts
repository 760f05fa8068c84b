/** Which addresses are asked, by their looks; and which IP addresses are of the public internet. */
import { describe, expect, test } from 'vitest';
import { isPublicIp, refusedAddress } from '../../src/cloudflare/address.ts';

describe('in production', () => {
  test.each([
    'http://pds.example.com/',
    'ftp://pds.example.com/',
    'data:text/plain,hello',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:password@pds.example.com/',
    'https://user@pds.example.com/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://pds.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/computeMetadata/v1/',
    'https://metadata/',
    'https://router.lan/',
    'https://nas.home.arpa/',
    'https://1.0.0.127.in-addr.arpa/',
    'https://alice.test/',
    'https://hidden.onion/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.0.0.1./',
    'https://10.0.0.8/',
    'https://172.16.3.4/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://224.0.0.1/',
    'https://8.8.8.8/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2606:4700::1111]/',
    'https://012.0.0.1/',
    'https://0xa9.0xfe.0xa9.0xfe/',
    'https://0xA9FEA9FE/',
    'https://2852039166/',
    'https://0251.0376.0251.0376/',
    'https://127.0.1/',
    'https://①②⑦.⓪.⓪.①/',
    'https://[::127.0.0.1]/',
    'https://[0:0:0:0:0:ffff:a9fe:a9fe]/',
    'https://[2002:7f00:1::]/',
    'https://[fe80::1%25eth0]/',
    'https://localhost%2e/',
    'https://ⓛocalhost/',
    'wss://stream.example.com/subscribe',
    'ws://stream.example.com/subscribe',
    'gopher://pds.example.com/',
    'blob:https://pds.example.com/x',
    'not an address',
    '/relative',
  ])('%s is refused', (address) => {
    expect(refusedAddress(address, false)).toEqual(expect.any(String));
  });

  test.each(['https://plc.directory/did:plc:x', 'https://pds.example.com:8443/xrpc/x', 'https://bücher.example.com/'])(
    '%s is asked',
    (address) => expect(refusedAddress(address, false)).toBeNull(),
  );
});

test.each(['http://localhost:2583/', 'http://127.0.0.1:2582/', 'https://[::1]/'])(
  'in development %s is asked',
  (address) => expect(refusedAddress(address, true)).toBeNull(),
);

test('a socket is asked for by its own protocol', () => {
  expect(refusedAddress('wss://stream.example.com/subscribe', false, 'wss:')).toBeNull();
  expect(refusedAddress('ws://localhost:6008/subscribe', true, 'wss:')).toBeNull();
  expect(refusedAddress('ws://stream.example.com/subscribe', false, 'wss:')).toBe('is not wss');
  expect(refusedAddress('https://stream.example.com/', false, 'wss:')).toBe('is not wss');
});

test.each([
  '1.1.1.1',
  '104.16.0.1',
  '172.32.0.1',
  '192.169.0.1',
  '100.128.0.1',
  '2606:4700::1111',
  '2a00:1450:4001::8a',
])('%s is public', (ip) => expect(isPublicIp(ip)).toBe(true));

test.each([
  // RFC 6890 and the registries it founded, and what clouds put there.
  ...[
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
  ],
  ...['192.168.0.1', '100.64.0.1', '100.127.255.255', '192.0.0.170', '192.0.2.1', '198.18.0.1', '198.51.100.1'],
  ...['203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::127.0.0.1', '::8.8.8.8', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'fc00::1', 'fd00:ec2::254'],
  ...['fd12:3456::1', 'ff02::1', '100::1', '2001:db8::1', '2001::1', '3fff::1', '5f00::1', '4000::1'],
  // An IPv4 address inside: mapped, translated, NAT64, 6to4.
  ...[
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
  ],
  ...['2002:7f00:1::', '2002:a00:1::1', '2002:808:808::1'],
  // Not as DNS writes an address.
  ...[
    '',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '012.1.1.1',
    '1.1.1.1.',
    ' 1.1.1.1',
    '1.1.1.1/32',
    'example.com',
  ],
  ...['[::1]', '1.1.1.256', '2606:4700::1111%1', '::g'],
])('"%s" is not', (ip) => {
  expect(isPublicIp(ip)).toBe(false);
});

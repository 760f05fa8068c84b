/** Handle resolution without DNS: each server is asked for its own, then the instance's well-known, when one is named. */
import { request } from 'node:http';

type Lookup = (handle: string) => Promise<string | undefined>;

export class Handles {
  private readonly lookups: Lookup[] = [];

  /** @param wellKnownOrigin where `/.well-known/atproto-did` of any other host is answered, by its Host header */
  constructor(private readonly wellKnownOrigin?: string) {}

  add(lookup: Lookup): void {
    this.lookups.push(lookup);
  }

  async resolve(handle: string): Promise<string | undefined> {
    for (const lookup of this.lookups) {
      const did = await lookup(handle);
      if (did !== undefined) return did;
    }
    return this.wellKnownOrigin === undefined ? undefined : wellKnown(this.wellKnownOrigin, handle);
  }
}

function wellKnown(origin: string, handle: string): Promise<string | undefined> {
  const url = new URL('/.well-known/atproto-did', origin);
  return new Promise((resolve) => {
    const asking = request(url, { headers: { host: handle }, timeout: 3000 }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => {
        const did = body.trim();
        resolve(response.statusCode === 200 && did.startsWith('did:') ? did : undefined);
      });
    });
    asking.on('timeout', () => asking.destroy());
    // Nobody listening there means the same as an unknown handle.
    asking.on('error', () => resolve(undefined));
    asking.end();
  });
}

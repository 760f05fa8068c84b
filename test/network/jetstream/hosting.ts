/** Which server holds an account now, by the directory: a relay believes no other about it. */
import { isObject, type Message } from './wire.ts';

export class Hosting {
  private readonly hosts = new Map<string, string>();

  constructor(private readonly plcUrl: string) {}

  /** To be called when the account's identity may have changed. */
  forget(did: string): void {
    this.hosts.delete(did);
  }

  /** What no directory can tell is taken as told. */
  async isAt(did: string, host: string): Promise<boolean> {
    if (!did.startsWith('did:plc:') || this.hosts.get(did) === host) return true;
    const current = await this.resolve(did);
    if (current === undefined) return true;
    this.hosts.set(did, current);
    return current === host;
  }

  private async resolve(did: string): Promise<string | undefined> {
    const response = await fetch(new URL(`/${did}`, this.plcUrl));
    if (!response.ok) return undefined;
    const document = (await response.json()) as Message;
    const services: unknown[] = Array.isArray(document.service) ? document.service : [];
    const pds = services.filter(isObject).find(({ id }) => id === '#atproto_pds' || id === `${did}#atproto_pds`);
    return typeof pds?.serviceEndpoint === 'string' ? pds.serviceEndpoint : undefined;
  }
}

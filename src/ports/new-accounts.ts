// Accounts made at a server of somebody's choice.
import type { Did } from '../domain/model.ts';

/** What a server says of itself and of what it asks of newcomers. */
export interface ServerTerms {
  /** Origin. */
  pds: string;
  /** What its handles end with, each with a dot before it. */
  domains: string[];
  needsInvite: boolean;
  needsPhone: boolean;
  termsOfService: string | null;
  privacyPolicy: string | null;
}

/** What is sent on to the server and kept nowhere here. */
export interface NewAccount {
  handle: string;
  email: string;
  password: string;
  inviteCode: string | null;
  /** A `did:key`, of which the private half is known to its holder alone. */
  recoveryKey: string | null;
}

/** `refused`: the server says no, in its own words; `unknown`: it gave no answer, and may or may not have made it. */
export type NotMade = { failed: 'refused' | 'unknown'; message: string };

export interface NewAccountsPort {
  /** Null for what cannot be reached or is no such server. */
  terms(pds: string): Promise<ServerTerms | null>;
  make(pds: string, account: NewAccount): Promise<{ did: Did; handle: string } | NotMade>;
  /** Of a `did:plc`, the highest first, as the directory has them now. Throws when it cannot be asked. */
  rotationKeys(did: Did): Promise<string[]>;
}

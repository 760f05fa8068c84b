/** Accounts on the local servers, and what a person or a server's operator does with them. */
import { AtpAgent } from '@atproto/api';
import type { PdsServer } from './pds.ts';

const DEFAULT_PASSWORD = 'local-password';

export interface NewAccount {
  handle: string;
  password?: string;
  email?: string;
}

export interface Account {
  readonly did: string;
  handle: string;
  readonly password: string;
  /** Logged in at the server that holds the account. */
  agent: AtpAgent;
}

export interface Pds extends PdsServer {
  createAccount(account: NewAccount): Promise<Account>;
  /** @param identifier a handle or a DID */
  logIn(identifier: string, password?: string): Promise<Account>;
  deactivate(account: Account): Promise<void>;
  activate(account: Account): Promise<void>;
  deleteAccount(account: Account): Promise<void>;
  changeHandle(account: Account, handle: string): Promise<void>;
  /** By the server's operator. */
  takedown(did: string): Promise<void>;
  reverseTakedown(did: string): Promise<void>;
}

export function withPeople(server: PdsServer): Pds {
  return {
    ...server,
    createAccount: (account) => createAccount(server, account),
    logIn: (identifier, password) => logIn(server, identifier, password),
    async deactivate(account) {
      await account.agent.com.atproto.server.deactivateAccount({});
    },
    async activate(account) {
      await account.agent.com.atproto.server.activateAccount();
    },
    async deleteAccount({ did }) {
      await asOperator(server).com.atproto.admin.deleteAccount({ did });
    },
    async changeHandle(account, handle) {
      await account.agent.com.atproto.identity.updateHandle({ handle });
      account.handle = handle;
    },
    takedown: (did) => setTakedown(server, did, true),
    reverseTakedown: (did) => setTakedown(server, did, false),
  };
}

async function createAccount(server: PdsServer, wanted: NewAccount): Promise<Account> {
  const agent = new AtpAgent({ service: server.url });
  const { handle, password = DEFAULT_PASSWORD, email = `${handle}@example.test` } = wanted;
  const { data } = await agent.createAccount({ handle, password, email });
  return { did: data.did, handle: data.handle, password, agent };
}

async function logIn(server: PdsServer, identifier: string, password = DEFAULT_PASSWORD): Promise<Account> {
  const agent = new AtpAgent({ service: server.url });
  const { data } = await agent.login({ identifier, password });
  return { did: data.did, handle: data.handle, password, agent };
}

async function setTakedown(server: PdsServer, did: string, applied: boolean): Promise<void> {
  await asOperator(server).com.atproto.admin.updateSubjectStatus({
    subject: { $type: 'com.atproto.admin.defs#repoRef', did },
    takedown: { applied },
  });
}

function asOperator(server: PdsServer): AtpAgent {
  const agent = new AtpAgent({ service: server.url });
  agent.setHeader('authorization', server.adminAuth);
  return agent;
}

// Who may know which repositories hold records of a space: relays, and other instances that follow it.
import type { Did } from '../domain/model.ts';

export interface RepoPage {
  dids: Did[];
  cursor: string | null;
}

/** Every call throws when there is no useful answer. Addresses are origins. */
export interface RelayPort {
  /** `com.atproto.sync.listReposByCollection`. */
  byCollection(relay: string, collection: string, cursor?: string): Promise<RepoPage>;
  /** `club.commonplace.sync.listReposBySpace`. */
  bySpace(instance: string, space: Did, cursor?: string): Promise<RepoPage>;
}

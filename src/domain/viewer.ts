// Who is asking, however they said so.
import type { Did } from './model.ts';

/** `browser`: signed in at a site of this instance; `service`: through their own PDS, which cannot be written to that way. */
export interface Viewer {
  did: Did;
  handle: string | null;
  by: 'browser' | 'service';
}

/**
 * Who may ask a method. `anyone`: visitors too, but who says who they are sees what is theirs to see; `viewer`: only who says so;
 * `session`: only who is signed in at a site of this instance, for it is written to their repository; `source`: whoever may copy the
 * space; `operator`: whoever has the admin token.
 */
export type Asker = 'anyone' | 'viewer' | 'session' | 'source' | 'operator';

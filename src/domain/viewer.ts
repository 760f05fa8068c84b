// Who is asking, however they said so.
import type { Did } from './model.ts';

/** `browser`: signed in at a site of this instance; `service`: through their own PDS, which cannot be written to that way. */
export interface Viewer {
  did: Did;
  handle: string | null;
  by: 'browser' | 'service';
}

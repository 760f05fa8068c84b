/** What happens to the indexer, step by step: plain data, so that a script can be printed, cut down and told again. */
import type { AccountEvent, RecordEvent, StreamEvent } from '../../src/domain/event.ts';
import type { Did } from '../../src/domain/model.ts';
import type { FaultChanges } from '../network/jetstream/faults.ts';
import type { JunkKind } from './junk.ts';
import type { Failing } from './worker/failing.ts';

export type Step =
  /** The stream brings them, in this order. `faults` of the stream and `failing` writes begin with it; milliseconds pass after it. */
  | { do: 'tell'; events: StreamEvent[]; faults?: FaultChanges; failing?: Failing; pause?: number }
  /** The object dies, and finds them when it lives again; the cursor it finds may be one that cannot be true, or is too old. */
  | { do: 'away'; events: StreamEvent[]; cursor?: 'future' | 'expired' }
  /** The stream forgets them before the indexer is back: they are never told, nor how accounts have changed meanwhile. */
  | { do: 'lose'; events: RecordEvent[]; words: { did: Did; word: string }[] }
  /** The stream falls silent in the midst of them, with the connection open. */
  | { do: 'stall'; events: StreamEvent[] }
  /** A repository read as a whole comes beside the stream. */
  | { do: 'snapshot'; events: RecordEvent[] }
  /** What the stream says of an account, and what its own server says from now on (null: nothing). */
  | { do: 'account'; did: Did; events: AccountEvent[]; word: string | null }
  | { do: 'word'; did: Did; word: string }
  /** The accounts' servers take so many milliseconds to answer, until the next quiet point. */
  | { do: 'slow'; ms: number }
  | { do: 'identity'; did: Did; handle: string; isMutual: boolean; server: 0 | 1 }
  /** The stream says what no repository holds. */
  | { do: 'forge'; events: RecordEvent[] }
  | { do: 'junk'; kind: JunkKind; did: Did; rkey: string }
  /** Identity events of people whom nobody here knows. */
  | { do: 'flood'; count: number }
  /** Nothing comes for as long as it takes to believe that nothing more will. */
  | { do: 'silence' }
  /** The instance goes away for good; another one has the same to tell, and these. */
  | { do: 'switch'; events: StreamEvent[] }
  | { do: 'remove-space'; did: Did }
  | { do: 'add-space'; did: Did; visibility: 'unlisted' | null }
  /** All work is done: what is held and shown is compared with the model. */
  | { do: 'quiet' };

export type Of<Kind extends Step['do']> = Extract<Step, { do: Kind }>;

export interface Script {
  seed: number;
  /** Another instance of the stream can be gone over to. */
  hasOther: boolean;
  steps: Step[];
}

// An entry of a group's log as its lexicon has it.
import type { DidString, HandleString } from '@atproto/lex';
import type { GroupDeed } from '../domain/group-deed.ts';
import type { PostItem } from '../domain/post.ts';
import { datetime } from './time.ts';

type Person = PostItem['author'];
type Deed = Omit<GroupDeed, 'by' | 'about'> & { by: Person; about: Person | null };

const personView = ({ did, handle }: Person) => ({
  did: did as DidString,
  handle: (handle ?? 'handle.invalid') as HandleString,
});

export const deedView = ({ at, deed, by, about, what, outcome }: Deed) => ({
  ...{ deed, by: personView(by), what, outcome, at: datetime(at) },
  ...(about === null ? {} : { about: personView(about) }),
});

/** The first start: two communities, their people and what they wrote, through the real servers all the way. */
import type { Network } from '../../../test/network/index.ts';
import { NSID } from '../../domain/collections.ts';
import type { AdminSpace, AdminStream } from '../admin/words.ts';
import { SAMPLE_SPACES } from '../sample/index.ts';
import { type Name, PEOPLE } from '../sample/people.ts';
import type { SampleSpace } from '../sample/types.ts';
import { type People, shownCounts, writeContent } from '../sample/write/content.ts';
import { personal, writeGroup } from '../sample/write/group.ts';
import { type Writer, writeAll } from '../sample/write/repository.ts';
import type { LocalAccount, LocalSpace } from '../shared/atmosphere.ts';
import { askInstance, type Instance } from '../shared/instance.ts';
import { CommandError } from '../shared/terminal.ts';

export interface Seeded {
  spaces: LocalSpace[];
  accounts: LocalAccount[];
}

interface Founded {
  sample: SampleSpace;
  group: Writer;
}

const PASSWORD = 'local-password';
/** What members write here. */
const COLLECTIONS: string[] = [
  NSID.story,
  NSID.topic,
  NSID.reply,
  NSID.like,
  NSID.crosspost,
  NSID.join,
  NSID.subscription,
];
const PATIENCE_MS = 60_000;

export async function seed(network: Network, instance: Instance, progress: (line: string) => void): Promise<Seeded> {
  progress(
    `Creating ${SAMPLE_SPACES.length} communities and ${Object.keys(PEOPLE).length} people on the local PDS ...`,
  );
  const people = await createPeople(network);
  const founded = await Promise.all(SAMPLE_SPACES.map((sample) => found(sample, network, people, instance)));
  progress('Adding the communities to the instance ...');
  for (const { sample, group } of founded) {
    await askInstance(instance, 'addSpace', { subject: group.handle, hosts: [sample.host] });
  }
  // What is written before the indexer listens would only be found by reading every member's repository.
  await until(instance, 'the indexer to be on the stream', ({ stream }) => stream.connected);
  progress('Writing stories, topics, replies and likes ...');
  await Promise.all(founded.map((one) => fill(one, people)));
  progress('Waiting until all of it is indexed ...');
  await until(instance, 'everything to be indexed', ({ spaces }) => founded.every((one) => isShown(one, spaces)));
  return { spaces: founded.map(localSpace), accounts: localAccounts(founded, people) };
}

async function createPeople(network: Network): Promise<People> {
  const names = Object.keys(PEOPLE) as Name[];
  const accounts = await Promise.all(names.map((name) => createAccount(network, PEOPLE[name])));
  return Object.fromEntries(names.map((name, index) => [name, accounts[index]])) as People;
}

const createAccount = (network: Network, handle: string): Promise<Writer> =>
  network.pds[0].createAccount({ handle, password: PASSWORD });

async function found(sample: SampleSpace, network: Network, people: People, instance: Instance): Promise<Founded> {
  const group = await createAccount(network, sample.handle);
  const home = new URL(instance.url);
  home.hostname = sample.host;
  await writeGroup(sample, group, (who) => people[who].did, home.origin);
  return { sample, group };
}

async function fill({ sample, group }: Founded, people: People): Promise<void> {
  const said = personal(sample, group.did);
  await Promise.all([...said].map(([who, records]) => writeAll(people[who], records)));
  await writeContent(sample, group, people);
}

interface Listed {
  spaces: AdminSpace[];
  stream: AdminStream;
}

async function until(instance: Instance, what: string, holds: (listed: Listed) => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const listed = await askInstance<Listed>(instance, 'listSpaces');
    if (holds(listed)) return;
    if (Date.now() > end) {
      throw new CommandError(`Waited a minute for ${what}. It stands so: ${JSON.stringify(listed)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function isShown({ sample, group }: Founded, spaces: AdminSpace[]): boolean {
  const { posts, replies } = shownCounts(sample);
  const space = spaces.find(({ did }) => did === group.did);
  return space?.postCount === posts && space.replyCount === replies && space.memberCount === sample.members.length;
}

const localSpace = ({ sample, group }: Founded): LocalSpace => ({
  did: group.did,
  handle: group.handle,
  host: sample.host,
  password: group.password,
  collections: COLLECTIONS,
});

const localAccounts = (founded: Founded[], people: People): LocalAccount[] =>
  (Object.entries(people) as [Name, Writer][]).map(([name, { handle, did, password }]) => {
    const memberships = founded.flatMap(({ sample, group }) => {
      const member = sample.members.find(({ who }) => who === name);
      return member ? [{ space: group.did, isSteward: member.roles?.includes('steward') ?? false }] : [];
    });
    return {
      ...{ handle, did, password },
      memberOf: memberships.map(({ space }) => space),
      steward: memberships.flatMap(({ space, isSteward }) => (isSteward ? [space] : [])),
    };
  });

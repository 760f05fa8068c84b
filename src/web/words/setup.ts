// Words for founding a space, a part of the catalogue in ../messages.ts.
import type { HostCheck } from '../../actions/founding/host.ts';
import type { FoundingStep, PictureName } from '../../domain/founding.ts';
import type { Visibility } from '../../domain/model.ts';

const steps: Record<FoundingStep, string> = {
  group: 'The account of the space',
  host: 'Its address',
  about: 'Name and description',
  ways: 'How it works and looks',
  stewards: 'The first stewards',
};

const pictures: Record<PictureName, string> = {
  avatar: 'Picture of the space',
  banner: 'Banner of its pages',
};

const visibilities: Record<Visibility, string> = {
  public: 'Public: it is listed and can be found.',
  unlisted: 'Unlisted: whoever knows the address can read it; it is in no list.',
  private: 'Private: visitors see its name, its description and how to join, and nothing else.',
};

const right: Record<HostCheck['what'], string> = {
  reaches: 'The name leads to this instance.',
  owned: 'The DNS of the name says that it is the group’s.',
  handle: 'The handle of the group account and its DID name each other.',
};

const mend: Record<HostCheck['what'], (host: string, home: string, did: string) => string> = {
  reaches: (host, home) =>
    `${host} does not lead to this instance yet. Let it lead there in its DNS (CNAME ${home}), and ask the operator to take the ` +
    'name, for the edge answers only names that it was told of. DNS may take some hours.',
  owned: (host, _, did) =>
    `Nothing shows that ${host} is yours. Add a TXT record to its DNS: name _atproto.${host}, value did=${did}. It does not change the handle of the group.`,
  handle: () =>
    'The account has no handle that leads back to it just now. The doors can open all the same; set a handle at the account’s server.',
};

export const setup = {
  foundSpace: 'Found a space',
  setupText:
    'A space is an account of its own on the AT Protocol. Here it gets a site, and people who act for it. You can leave at any step and come ' +
    'back within seven days; nothing is seen by anybody before you open the doors.',
  setupSignIn: 'First sign in as yourself, with the account that you have.',
  signInAsYourself: 'Sign in as yourself',
  code: 'Your code',
  codeHint: 'The operator of this instance has it. It is good once, for a day.',
  begin: 'Begin',
  badCode: 'This code is none, was used already, or is too old. Ask the operator for a new one.',
  mayNot: {
    operator: 'On this instance spaces are founded with a code of the operator’s.',
    approved:
      'On this instance spaces are founded by accounts that the operator has approved, or with a code of the operator’s.',
    anyone: 'On this instance whoever is signed in may found a space.',
  },
  tooManyFounded:
    'A space was founded by this account within the last day, or very many here by others. Please come back tomorrow.',
  steps,
  stepsNav: 'Steps',
  isDecided: 'done',
  isOpenStep: 'to do',
  goOnWith: (step: FoundingStep) => `Go on: ${steps[step].toLowerCase()}`,
  giveUp: 'Give up this founding',
  giveUpText:
    'What you decided here is forgotten, and the connection of the account ends. The account itself stays as it is at its server.',
  saveStep: 'Save and go on',

  groupIs: (name: string) => `The account is ${name}.`,
  groupAt: (pds: string) => `It lives at ${pds}.`,
  groupConnected: 'You have signed in as it, and this instance may write its records.',
  groupNotConnected:
    'Now sign in as that account at its own server, and allow this site to write the records of the space. It is asked for its ' +
    'password there, never here.',
  connectGroup: 'Sign in as the group account',
  anotherAccount: 'Take another account',
  hasRecoveryKey:
    'Your recovery key stands highest in the directory, above the server’s own key: you can take the account away from any server.',
  hasNoRecoveryKey:
    'This account has no recovery key that is known here. Should its server fail, or turn against you, the account cannot be taken elsewhere without one.',
  makeAccount: 'Make an account',
  makeAccountText:
    'Choose a server. It will hold the account and the records of the space; the account can move to another one later.',
  server: 'Server',
  serverHint: 'The address of a personal data server (PDS).',
  askServer: 'Ask the server',
  haveAccount: 'Connect one that is there',
  haveAccountText: 'An account that was made for the group: not your own.',
  groupHandle: 'Handle of the group',
  makeAt: (host: string) => `An account at ${host}`,
  accountName: 'Name',
  accountNameHint:
    'Letters, digits and hyphens. With the ending it is the account’s handle, which can be changed later.',
  ending: 'Ending',
  email: 'E-mail address',
  emailHint: 'Goes to the server of the account alone. Choose one that more than one of you can read.',
  password: 'Password',
  passwordHint:
    'Goes to the server of the account alone, and is kept nowhere here. Keep it where the stewards find it.',
  inviteCode: 'Invite code',
  inviteHint: 'This server takes newcomers by invitation only.',
  terms: 'Terms of the server',
  privacy: 'How the server treats data',
  needsPhone:
    'This server wants to verify a telephone number, which cannot be done from here. Make the account there, and connect it.',
  recovery: 'Recovery key',
  recoveryText:
    'Whoever holds this key can take the account back from a server that fails or turns against you, within three days even from a thief. ' +
    'It is made in your browser; only its public half is sent.',
  recoveryMake: 'Make a recovery key',
  recoverySave: 'Download the key',
  recoverySecret: 'The secret half. Whoever has it has the account: keep the file in a safe place, and nowhere online.',
  recoverySaved: 'I have kept the file in a safe place.',
  recoveryField: 'Public half of a recovery key',
  recoveryHint:
    'Begins with did:key:. Leave it empty to go without: then the account depends on its server for good, unless you add a key there later.',
  make: 'Make the account',
  notMade: (why: string) => `The server did not make the account: ${why}`,
  mayBeMade: (why: string) =>
    `The server gave no answer (${why}), and may have made the account all the same. Look there before you try again: if it is there, connect it.`,
  serverFails: (why: string) => `It did not work: ${why}.`,

  hostText: 'Where the site of the space is. Others who found cannot take the name meanwhile.',
  hostOfDomain: 'A name on this instance',
  hostOfDomainHint: (domain: string) => `The site is then at your-name.${domain}.`,
  hostOwn: 'A hostname of your own',
  hostOwnHint: 'Such as club.example.org. You need to be able to change its DNS.',
  chooseHost: 'Take this name',
  hostIs: (host: string) => `Chosen: ${host}`,
  hostChecks: 'How it stands',
  hostRight: (what: HostCheck['what']) => right[what],
  hostMend: (what: HostCheck['what'], host: string, home: string, did: string) => mend[what](host, home, did),
  isRight: 'Right',
  toMend: 'To mend',
  optional: 'Can wait',
  lookAgain: 'Look again',
  hostHandle: (host: string) =>
    `When the doors are open, ${host} can be the handle of the group, too: change it at the server of the account, and it is confirmed by the site.`,
  goOnStep: 'Go on',

  spaceName: 'Name of the space',
  description: 'Description',
  descriptionHint: 'What it is for, in plain text.',
  spaceLang: 'Language',
  spaceLangHint: 'Such as en or pt-BR; may be empty.',

  spacePicture: (name: PictureName) => pictures[name],
  spacePictureHint: (name: PictureName) =>
    `PNG, JPEG or WebP, at most 2 MB${name === 'avatar' ? '; square' : '; wide'}. What it tells of place and camera is taken out.`,
  pictureKept: (name: PictureName) => `The ${name === 'avatar' ? 'picture' : 'banner'} that is kept now`,
  takeAway: (name: PictureName) => `Take this ${name === 'avatar' ? 'picture' : 'banner'} away`,
  badPicture: (name: PictureName) =>
    `${pictures[name]}: this file is no PNG, JPEG or WebP picture of at most 2 MB. Please choose another one.`,

  whoJoins: 'Who may join',
  joins: {
    open: 'Everybody: whoever asks is a member at once.',
    approval: 'Whoever asks, when a steward says yes.',
    invite: 'Who is invited.',
  },
  whoPosts: 'Who may post',
  whoSees: 'Who sees it',
  visibilities,
  external: 'Other instances may list it',
  externalHint: 'Records in public repositories stay public on the network in any case.',
  instances: 'Only these instances',
  instancesHint: 'Hostnames, one a line; empty for all.',
  sectionsHeading: 'Sections',
  sectionsText:
    'The parts of the site. The end of a section’s address never changes later. Leave all rows empty for the usual ones.',
  sectionName: (row: number) => `Section ${row}`,
  sectionTakes: (row: number) => `Section ${row} takes`,
  sectionId: (row: number) => `Address of section ${row}`,
  moreSections: 'More sections',
  sectionIdHint: 'An address ends with letters, digits and hyphens; it is made from the name where it is empty.',
  kinds: { stories: 'stories', topics: 'topics', both: 'stories and topics', none: 'what is filed there by hand' },
  look: 'Look',

  stewardsText:
    'You are the first steward: you may do everything here, and give roles to others. Name others who may from the beginning, too. ' +
    'They become stewards when they join.',
  otherStewards: 'Other stewards',
  otherStewardsHint: 'Handles or DIDs, one a line; may be empty.',
  notFound: (name: string) => `Nobody was found as “${name}”.`,

  isArchived: 'This space is archived.',
  archivedSince: 'Nobody had written here for long, so since',
  archivedText:
    'it can be read, and takes nothing new. A steward, or the operator of the instance, can open it again at any time.',
  openAgain: 'Open it again',
  willBeArchived: 'Nobody has written here for long.',
  archivedFrom: 'If that stays so, the space is archived on',
  warnedText:
    'It can then be read, and takes nothing new until a steward opens it again. Whoever writes keeps it open.',
  keepOpen: 'Keep it open',

  openDoors: 'Open the doors',
  summary: 'What will be',
  openText:
    'The first records are written to the repository of the group account, the space is added to this instance, and you join it with a record ' +
    'in your own repository. From then on it is public, as far as you have chosen.',
  openPrivate:
    'The profile of a private space is still a record in a public repository: its name and description can be read on the network.',
  notAllDecided: 'Some steps are still to be done.',
  notOpened: (why: string) => `The doors did not open: ${why}. Nothing is lost: try again, or mend it first.`,
};

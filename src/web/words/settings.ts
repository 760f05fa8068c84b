// Words for the settings of a space, a part of the catalogue in ../messages.ts.
import type { WriteFailure } from '../../ports/accounts.ts';
import type { Part } from '../settings/parts.ts';

const notWritten: Record<WriteFailure, string> = {
  'signed-out':
    'The group account is not connected: nothing can be changed in its name. Connect it, then send this again.',
  refused: 'The server of the group account did not accept this. Connecting the account anew may help.',
  changed: 'Somebody changed this since you opened it. Open the page anew, and repeat what you wanted.',
  unreachable:
    'The server of the group account does not answer just now. Nothing is lost: send this again in a moment.',
  'too-many': 'The server of the group account asks for a pause. Please wait for some minutes, then send this again.',
};

const parts: Record<Part, string> = {
  ...{ profile: 'The space', sections: 'Sections', rules: 'Rules', roles: 'Roles', look: 'Look' },
};

/** What a role's action is called where it is given. */
const actions: Record<string, string> = {
  post: 'Post, where only some roles may',
  'mod.read': 'See reports and what was moderated',
  'mod.resolve': 'Decide reports; pin, feature and lock posts',
  label: 'Label posts and people in the space’s name',
  takedown: 'Remove posts and bring them back',
  invite: 'Invite people',
  admit: 'Decide who asks to join',
  eject: 'Remove and ban members',
  'role.assign': 'Give and take roles',
  'space.configure': 'Change the space: name, sections, rules, look',
  'group.configure':
    'Change roles and what they may do, and the connection of the group account. Whoever has this can give themselves everything',
  'group.act': 'Write and speak in the name of the group, on the whole network',
  govern: 'Open and close decisions of the community',
};

export const settings = {
  settings: 'Settings',
  settingsNav: 'Parts of the settings',
  toSettings: 'Settings of the space',
  settingsParts: parts,
  settingsSaved: 'Saved.',
  profileProblems: {
    name: 'a space needs a name',
    url: 'the address of a website begins with https://',
    langs: 'languages are written as in “en” or “pt-BR”, three at most, with commas between',
  },
  groupNotWritten: notWritten,
  pictureTooLarge: 'This picture is too large: at most 2 MB.',
  pictureUnreadable: 'This is not a picture that can be taken: use PNG, JPEG or WebP.',

  spaceName: 'Name',
  spaceDescription: 'What it is for',
  spaceUrl: 'Website',
  spaceUrlHint: 'An address with https://, or nothing.',
  spaceLangs: 'Languages',
  spaceLangsHint: 'Their short names, the main one first: en, pt-BR. At most three.',
  joinPolicyField: 'Who may join',
  joinPolicies: { open: 'Everybody', approval: 'Whoever asks and is accepted', invite: 'Who is invited' },
  postPolicyField: 'Who may post',
  postPolicies: { anyone: 'Anyone', members: 'Members', roles: 'Members whose role allows it' },
  visibilityField: 'Where it is shown',
  visibilities: { public: 'In lists and search', unlisted: 'At its address only' },
  joinQuestions: 'Questions to who asks to join',
  joinQuestion: (n: number) => `Question ${n}`,
  mustAnswer: 'Must be answered',
  avatarField: 'Small picture',
  bannerField: 'Wide picture',
  spacePictureHint: 'PNG, JPEG or WebP, at most 2 MB. What it tells of place and owner is taken out.',
  removePicture: 'Take away the picture that is there',

  sectionsText:
    'Parts of the site with an address of their own. An id is part of every address in it, so it never changes.',
  sectionName: 'Name',
  sectionId: 'Id',
  sectionIdHint: 'Lower-case letters, digits and hyphens.',
  sectionTakes: 'Takes',
  sectionKinds: { story: 'Stories', topic: 'Topics', crosspost: 'Crossposts' },
  sectionOrder: 'Place',
  sectionRemove: 'Remove this section',
  newSection: 'A new section',
  sectionNamed: (name: string) => `The section ${name}`,
  sectionProblems: {
    id: 'This id cannot be taken: use 1 to 64 lower-case letters, digits and hyphens, and no word that the site uses itself.',
    twice: 'There is a section with this id already.',
    none: 'A space needs at least one section.',
  },

  ruleTitle: 'The rule, in short',
  ruleText: 'In full',
  ruleOrder: 'Place',
  ruleNamed: (title: string) => `Change “${title}”`,
  newRule: 'A new rule',
  addRule: 'Add the rule',
  deleteRule: 'Delete it',

  rolesRule: 'A member may do what any of their roles allows; no role takes anything away.',
  roleId: 'Id',
  roleIdHint: 'Lower-case letters, digits and hyphens. It never changes.',
  roleIdProblem: 'This id cannot be taken: use lower-case letters, digits and hyphens that no other role has.',
  roleName: 'Name',
  roleDescription: 'What it is for',
  roleActions: 'Members with this role may',
  roleAction: (action: string) => actions[action] ?? action,
  roleReach: 'Roles that it may give, take, and remove members of',
  roleReachHint: 'Counts where the role may give roles or remove members.',
  roleDefault: 'Every new member is given it',
  roleNamed: (name: string) => `The role ${name}`,
  newRole: 'A new role',
  addRole: 'Add the role',
  deleteRole: 'Delete the role',
  changeRole: 'Change it',

  lookText: 'Every colour must be legible on what lies behind it: at least 4.5 to 1.',
  presets: 'Begin from',
  lightPage: 'On a light page',
  darkPage: 'On a dark page',
  colours: {
    ...{ background: 'Page', surface: 'Cards and fields', text: 'Text', muted: 'Text that matters less' },
    ...{ border: 'Lines', accent: 'Links and buttons' },
  },
  fontField: 'Letters',
  fonts: { serif: 'With serifs', system: 'Of the device', humanist: 'Humanist', mono: 'Typewriter' },
  widthField: 'Width of text',
  widths: { narrow: 'Narrow', normal: 'Normal', wide: 'Wide' },
  radiusField: 'Roundness of corners, 0 to 24',
  illegible: (pairs: string) => `This could not be read: ${pairs}. Choose colours that differ more.`,
  illegiblePair: (page: string, colour: string, behind: string, ratio: string) =>
    `${page}: “${colour}” on “${behind}” has ${ratio} to 1`,
  badColour: 'A colour is written #rrggbb, six hexadecimal digits.',
};

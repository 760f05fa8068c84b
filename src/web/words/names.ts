// Words for names of members, a part of the catalogue in ../messages.ts.
export const names = {
  namedSpace: 'The space of this name:',
  yourName: 'Your name here',
  nameText: (host: string) =>
    `Members can have a name below ${host} and use it as the handle of their account, everywhere on the network. Each has one.`,
  nameField: 'Name',
  nameHint: (host: string) => `It becomes name.${host}`,
  takeName: 'Take this name',
  yourNameIs: 'Your name is',
  giveBackName: 'Give it back',
  nameSteps: 'Make it your handle',
  nameStepsList: (name: string) => [
    'Open the settings of your account at your own server, in its app: Account, then Handle.',
    'Choose “I have my own domain”, and there “No DNS panel”.',
    `Enter ${name} and have it checked. There is no file to upload: this site answers for the name already.`,
  ],
  nameKept: 'Should you leave, it is kept for you for thirty days, and then free for others.',
  noNames: 'This space gives no names.',
  namesAreGiven: 'Members may have names below this hostname.',
  stopNames: 'Give no names any more',
  giveNames: 'Give names to members',
  nameMembersOnly: 'Only members have a name of the space.',
};

// Words for signing in and for one's own account, a part of the catalogue in ../messages.ts.
import type { Problem } from '../../auth/sign-in.ts';

const problems: Record<Problem, string> = {
  unreadable: 'That is no handle. A handle looks like ada.example.com or ada.bsky.social.',
  email: 'That is an e-mail address. Give your handle, such as ada.bsky.social.',
  'unknown-handle': 'No account has this handle. Look whether it is written right, with the part after the dot.',
  'handle-mismatch':
    'This handle leads to an account that goes by another one now. Give that handle, or the DID of the account.',
  'no-account': 'There is no account with this DID.',
  'no-server': 'This account names no server where it lives, so nobody can ask it who you are.',
  'server-down':
    'The server of this account cannot be reached just now, or did not understand what it was asked. Please try again in a moment.',
  declined: 'You did not give your consent at your server, so you are not signed in.',
  expired: 'This sign-in was used already, or took too long. Please begin again.',
  elsewhere: 'This sign-in began in another browser. Please begin again here.',
  'not-the-group': 'You signed in at the server with another account than that of the group, so it is not connected.',
  'too-many': 'There were too many attempts from your network of late. Please wait for some minutes.',
  'stale-form': 'This page was open for too long, or your browser keeps no cookies. Please try again.',
};

export const signing = {
  problem: (problem: Problem) => problems[problem],
  signIn: 'Sign in',
  signInTo: (name: string) => `Sign in to ${name}`,
  handle: 'Your handle',
  handleHint: 'Such as ada.bsky.social. A DID or the address of your server will do, too.',
  goOn: 'Continue',
  signInText:
    'Any account of the AT Protocol will do, a Bluesky account for example. You are asked for your password by your own server, ' +
    'never here.',
  signInAllows:
    'Your server will ask whether this site may write for you: joining, posts with their pictures, replies and likes, in your own repository. You can ' +
    'take that back at any time.',
  noAccount: 'No account yet?',
  makeAccount: (host: string) => `Make one at ${host}`,
  noAccountText:
    'You make it at that server, which then keeps what you write, here and elsewhere. You can move it to another one later.',
  useSignInOf: (host: string) => `Use my sign-in at ${host}`,
  useSignInText: 'You have signed in at another site of this instance already?',
  signedInAs: 'Signed in as',
  yourAccount: 'Your account',
  accounts: 'Accounts in this browser',
  inUse: 'In use',
  useThis: (name: string) => `Use ${name}`,
  addAccount: 'Add another account',
  signedInWhere: 'Where you are signed in',
  thisBrowser: 'This browser',
  otherBrowser: 'Another browser',
  since: 'since',
  lastSeen: 'last seen',
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out everywhere',
  signOutText: 'Signing out ends it in this browser, at all sites of this instance.',
  signOutEverywhereText:
    'Signing out everywhere ends it in all browsers, and gives back what your server allowed this instance to do.',
};

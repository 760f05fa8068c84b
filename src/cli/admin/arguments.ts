/** The command line of `npm run admin`, as data. */
import { parseArgs } from 'node:util';
import { usageError } from '../shared/terminal.ts';
import { type FoundingCommand, foundingAction } from './founding.ts';
import { type MediaCommand, mediaAction } from './media-arguments.ts';

export type AdminAction =
  | { action: 'help' }
  | { action: 'add'; subject: string; hosts: string[]; visibility?: string }
  | { action: 'list' }
  | { action: 'set'; space: string; hosts?: string[]; visibility?: string; roster?: string; paused?: boolean }
  | { action: 'remove'; space: string }
  | MediaCommand
  | FoundingCommand
  | { action: 'backfill'; space?: string; cancel: boolean; watch: boolean };

export interface AdminArguments {
  command: AdminAction;
  json: boolean;
  /** Origin of another instance than the local one. */
  instance?: string;
  adminToken?: string;
}

export const VISIBILITIES = ['public', 'unlisted', 'private', 'profile'];

export const HELP = `Spaces of an instance.

  npm run admin -- space add <handle or DID> --host <hostname> [--visibility <who sees it>]
  npm run admin -- space list
  npm run admin -- space set <DID, handle or hostname> [--host <hostname>] [--visibility <who sees it>] [--roster private]
  npm run admin -- space pause | resume <DID, handle or hostname>
  npm run admin -- space remove <DID, handle or hostname> [--yes]
  npm run admin -- founding code
  npm run admin -- founders add | remove <handle or DID>
  npm run admin -- founders list
  npm run admin -- backfill [<DID, handle or hostname>] [--no-wait | --cancel]
  npm run admin -- media [<DID, handle or hostname>]
  npm run admin -- media sweep | blocks
  npm run admin -- media block <DID, at:// address or CID> --why <reason>
  npm run admin -- media unblock <DID, at:// address or CID>

  --host        A hostname of the space's site, without scheme and port. Give it again for further ones: the first is the
                primary one. With "set" they replace those the space had.
  pause         Nothing new is taken for the space; what is deleted still goes, and its site stays open. "resume" reads what
                was written meanwhile from the members' repositories.
  remove        Deletes all that the instance holds of the space, and its site; at a terminal only with --yes. Nothing on the
                network is changed.
  founding code Makes an address at which somebody founds a space in the browser: good once, for a day.
  founders      Accounts that may do so without a code, where the variable FOUNDING is "approved".
  backfill      Reads what people wrote before, or while nobody listened, from their own repositories: of one space, or of
                all. It is done by itself when a space is added and when the stream had a gap. Shows how far it is; it goes on
                by itself when you stop looking, or at once with --no-wait. --cancel ends it; what was read stays.
  media         Shows what is kept of pictures, sound and video, for whom, what nobody is shown any more, and the largest.
                "sweep" does at once what is done every day: what nobody is shown for some days is freed.
                "block" keeps an account, a record or a file out of the whole instance: it is deleted here and never taken again.
                Readers' browsers may keep what they have seen for up to a day.
  --visibility  public, unlisted or private are held by the instance, above what the group's profile says;
                profile: as its profile says. A new space begins with that. private makes the roster private as well, for good.
  --roster      private: who is a member is kept by the instance alone and told to nobody; joining writes no record. The records by
                which people joined before stay public. There is no way back.
  --instance    Address of the instance, e.g. https://home.example.com. Without it: the one "npm start" runs here, found by
                atmosphere.json in STATE_DIR (.state), or the one "npm run deploy" made from here.
  --admin-token The instance's ADMIN_TOKEN. The variable ADMIN_TOKEN is the better place for it.
  --json        Prints one JSON object, last.

Exit codes: 0 done, 1 refused by the instance, 2 a command line that is not understood, 3 no instance, or no answer from it.`;

const OPTIONS = {
  host: { type: 'string', multiple: true },
  visibility: { type: 'string' },
  roster: { type: 'string' },
  instance: { type: 'string' },
  'admin-token': { type: 'string' },
  json: { type: 'boolean' },
  cancel: { type: 'boolean' },
  'no-wait': { type: 'boolean' },
  why: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  help: { type: 'boolean', short: 'h' },
} as const;

interface Values {
  why?: string;
  host?: string[];
  visibility?: string;
  roster?: string;
  yes?: boolean;
  cancel?: boolean;
  'no-wait'?: boolean;
}

/** Throws a usage error in words. Whoever sits at a terminal says twice what cannot be undone; a program says it once. */
export function parseAdmin(argv: string[], atTerminal = true): AdminArguments {
  const { values, positionals } = parse(argv);
  const json = values.json ?? false;
  if (values.help || positionals.length === 0 || positionals[0] === 'help')
    return { command: { action: 'help' }, json };
  const [noun, verb, ...rest] = positionals;
  const adminToken = values['admin-token'];
  return {
    command: commandOf(noun, verb, rest, { ...values, yes: values.yes || !atTerminal }),
    json,
    ...(values.instance === undefined ? {} : { instance: origin(values.instance) }),
    ...(adminToken === undefined ? {} : { adminToken }),
  };
}

function commandOf(noun = '', verb: string | undefined, rest: string[], values: Values): AdminAction {
  const after = verb === undefined ? rest : [verb, ...rest];
  switch (noun) {
    case 'space':
      return spaceAction(verb, rest, values);
    case 'backfill':
      return backfillAction(after, values);
    case 'founding':
    case 'founders':
      return foundingAction(noun, after);
    case 'media':
      return mediaAction(after, values.why);
    default:
      throw usageError(
        `"${noun}" is no command: it is "space add", "list", "set", "pause", "resume" or "remove", "founding code", "founders", "backfill", or "media".`,
      );
  }
}

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw usageError(`${(error as Error).message}\n\n${HELP}`);
  }
}

function backfillAction(rest: string[], values: Values): AdminAction {
  const [space, another] = rest;
  if (another !== undefined) throw usageError(`"backfill" takes one space or none, not also ${another}.`);
  const { cancel = false, 'no-wait': away = false } = values;
  return { action: 'backfill', ...(space === undefined ? {} : { space }), cancel, watch: !cancel && !away };
}

function spaceAction(verb: string | undefined, rest: string[], values: Values): AdminAction {
  const visibility = visibilityOf(values);
  switch (verb) {
    case 'add': {
      const subject = only(rest, 'space add', 'the handle or DID of the group account');
      if (!values.host) throw usageError('Say at which hostname its site shall be: --host club.example.com');
      return { action: 'add', subject: subject.replace(/^@/, ''), hosts: values.host, ...visibility };
    }
    case 'list':
      if (rest.length > 0) throw usageError(`"space list" takes no ${rest[0]}.`);
      return { action: 'list' };
    case 'set': {
      const space = only(rest, 'space set', 'the DID, handle or hostname of the space');
      if (!values.host && !values.visibility && !values.roster)
        throw usageError('Say what to change: --host, --visibility or --roster.');
      return {
        action: 'set',
        space,
        ...(values.host ? { hosts: values.host } : {}),
        ...visibility,
        ...rosterOf(values),
      };
    }
    case 'pause':
    case 'resume': {
      const space = only(rest, `space ${verb}`, 'the DID, handle or hostname of the space');
      return { action: 'set', space, paused: verb === 'pause' };
    }
    case 'remove': {
      const space = only(rest, 'space remove', 'the DID, handle or hostname of the space');
      if (!values.yes) {
        throw usageError(
          `This deletes all that the instance holds of ${space}, and its site. Add --yes if you mean it.`,
        );
      }
      return { action: 'remove', space };
    }
    default:
      throw usageError(
        `"space ${verb ?? ''}" is no command: it is "space add", "list", "set", "pause", "resume" or "remove".`,
      );
  }
}

function only(rest: string[], command: string, what: string): string {
  const [one, another] = rest;
  if (one === undefined) throw usageError(`"${command}" needs ${what}.`);
  if (another !== undefined) throw usageError(`"${command}" takes ${what} and nothing else, not ${another}.`);
  return one;
}

function visibilityOf({ visibility }: Values): { visibility?: string } {
  if (visibility === undefined) return {};
  if (!VISIBILITIES.includes(visibility)) {
    throw usageError(`--visibility is public, unlisted, private or profile, not "${visibility}".`);
  }
  return { visibility };
}

function rosterOf({ roster }: Values): { roster?: string } {
  if (roster === undefined) return {};
  if (roster !== 'private') throw usageError(`--roster can only become private, not "${roster}".`);
  return { roster };
}

function origin(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw usageError(`--instance is an address such as https://home.example.com, not "${address}".`);
  }
  return url.origin;
}

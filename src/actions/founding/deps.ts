// What founding a space needs of the world.
import type { FoundingPolicy } from '../../domain/founding.ts';
import type { Did } from '../../domain/model.ts';
import type { FoundingsPort } from '../../ports/foundings.ts';
import type { NewAccountsPort } from '../../ports/new-accounts.ts';
import type { SignInsPort } from '../../ports/sign-ins.ts';
import type { OwnDeps } from '../own.ts';
import type { OperatorDeps } from '../spaces.ts';

export interface FoundingDeps {
  foundings: FoundingsPort;
  newAccounts: NewAccountsPort;
  operator: OperatorDeps;
  own: OwnDeps;
  signIns: Pick<SignInsPort, 'keep'>;
  policy: FoundingPolicy;
  /** Where founders get `name.<domain>`; null for none. */
  foundersDomain: string | null;
  /** The instance as a service. */
  here: Did;
  /** What stands at an address of the web; null where nothing does, or it cannot be reached. */
  look(url: string): Promise<string | null>;
}

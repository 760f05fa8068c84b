// The drafts of one account, as its object keeps them.
import type { Shelf } from '../auth/sign-ins.ts';
import { DRAFTS, type Draft } from '../domain/drafts.ts';
import type { DraftsOrder } from '../ports/drafts.ts';

const DRAFT = 'draft ';

export class DraftBox {
  private readonly shelf: Shelf;

  constructor(shelf: Shelf) {
    this.shelf = shelf;
  }

  take(order: DraftsOrder): Draft[] | null {
    switch (order.order) {
      case 'list':
        break;
      case 'put':
        if (!this.hasRoom(order.draft)) return null;
        this.shelf.put(DRAFT + order.draft.id, order.draft);
        break;
      case 'delete':
        this.shelf.delete(DRAFT + order.id);
        break;
      case 'erase':
        for (const { id } of this.all()) this.shelf.delete(DRAFT + id);
    }
    return this.all();
  }

  private all(): Draft[] {
    const drafts = [...this.shelf.list<Draft>({ prefix: DRAFT })].map(([, draft]) => draft);
    return drafts.sort((a, b) => b.updatedAt - a.updatedAt);
  }

  private hasRoom(draft: Draft): boolean {
    const after = [...this.all().filter(({ id }) => id !== draft.id), draft];
    const length = after.reduce((sum, { record }) => sum + JSON.stringify(record).length, 0);
    return after.length <= DRAFTS.most && length <= DRAFTS.length;
  }
}

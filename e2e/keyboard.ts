import type { Page } from 'playwright-core';

/**
 * Goes on with Enter, as a clerk does, until the field with this id has the focus.
 * @throws Error that tells where Enter led instead
 */
export async function enterTo(page: Page, id: string): Promise<void> {
  const passed: string[] = [];
  for (let press = 0; press < 60; press++) {
    const at = await page.evaluate(() => document.activeElement?.id ?? '');
    if (at === id) return;
    passed.push(at);
    await page.keyboard.press('Enter');
  }
  throw new Error(`Enter never reached #${id}; it passed ${passed.join(', ')}`);
}

/** Counts the keys pressed on a page from now on; call before the page is opened. */
export async function countKeys(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const seen = globalThis as unknown as { keysPressed: number };
    seen.keysPressed = 0;
    addEventListener('keydown', () => seen.keysPressed++, true);
  });
  return () => page.evaluate(() => (globalThis as unknown as { keysPressed: number }).keysPressed);
}

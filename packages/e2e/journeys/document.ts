import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** An open document as its reader sees it. */
export type OpenText = {
  readonly page: Page;
  /** The whole text. */
  readonly text: Locator;
  /** The free part of one section of a template. */
  section(sectionId: string): Locator;
  /** Puts the caret at the end of a section. */
  enter(sectionId: string): Promise<void>;
  /** Puts the caret at the end of a section, and types. */
  write(sectionId: string, words: string): Promise<void>;
  /** Resolves when the page says that everything written here is stored. */
  saved(): Promise<void>;
  /** The control of a field, beside the text. */
  field(fieldId: string): Locator;
};

/** Goes to a document and waits for its text. */
export async function openText(page: Page, documentId: string): Promise<OpenText> {
  await page.goto(`/documents/${documentId}`);
  return textOf(page);
}

/** The document that a page shows, or is about to show. */
export async function textOf(page: Page): Promise<OpenText> {
  const text = page.locator('.doc-text[role="textbox"]');
  await expect(text).toBeVisible({ timeout: 20_000 });
  const section = (sectionId: string) => text.locator(`[data-section-id="${sectionId}"] .doc-section-body`);
  const enter = async (sectionId: string) => {
    const place = section(sectionId);
    // What the others type moves the lines, so a click may land where the section was a moment ago.
    await expect(async () => {
      const last = place.locator('p').last();
      await last.scrollIntoViewIfNeeded();
      const box = await last.boundingBox();
      // In the lower right corner, so that the caret comes behind the last word of the last line.
      await last.click({ position: { x: (box?.width ?? 2) - 2, y: (box?.height ?? 4) - 4 } });
      expect(await place.evaluate((element) => element.contains(getSelection()?.anchorNode ?? null))).toBe(true);
    }).toPass();
    await page.keyboard.press('End');
  };
  return {
    page,
    text,
    section,
    enter,
    write: async (sectionId, words) => {
      await enter(sectionId);
      await page.keyboard.type(words, { delay: 5 });
    },
    saved: () => expect(page.locator('[data-mark]')).toHaveAttribute('data-mark', 'saved', { timeout: 15_000 }),
    field: (fieldId) => page.locator(`[data-field="${fieldId}"]`),
  };
}

/** Opens the form of a section beside the text. */
export async function showForm(page: Page, section: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Section', exact: true }).click();
  await page.getByRole('option', { name: section }).click();
}

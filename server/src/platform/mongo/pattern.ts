/** The pattern that finds a text as it is: what people type is never a pattern itself. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

import { useEffect, useState } from 'react';

/** How far below the top of the window a heading counts as being read: under the bars. */
const LINE = 170;

/** The key of the last marked element above the reading line, live; undefined before the first. */
export function useReading(
  text: HTMLElement | null,
  selector: string,
  keyOf: (element: HTMLElement) => string | undefined,
) {
  const [current, setCurrent] = useState<string>();
  useEffect(() => {
    if (!text) return;
    let frame = 0;
    const look = () => {
      frame = 0;
      const marks = [...text.querySelectorAll<HTMLElement>(selector)];
      const above = marks.filter((mark) => mark.getBoundingClientRect().top <= LINE).at(-1) ?? marks[0];
      setCurrent(above && keyOf(above));
    };
    const onScroll = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    window.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('resize', onScroll);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', onScroll);
      window.removeEventListener('resize', onScroll);
    };
  }, [text, selector, keyOf]);
  return current;
}

// Plain text of several lines.

const MOST = 40;

export const Paragraphs = ({ text, lang }: { text: string; lang: string | undefined }) => (
  <>
    {text
      .split(/\n\s*\n/)
      .slice(0, MOST)
      .filter((paragraph) => paragraph.trim() !== '')
      .map((paragraph) => (
        <p class="said" dir="auto" lang={lang}>
          {paragraph.trim()}
        </p>
      ))}
  </>
);

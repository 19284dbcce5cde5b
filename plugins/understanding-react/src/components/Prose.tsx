import { MarkdownContent } from '@backstage/core-components';
import styles from './Prose.module.css';

/**
 * Text that people wrote, as Markdown. What could run or call home is left out: HTML
 * is cleaned, links go to the web or to mail, and pictures are not loaded.
 * @public
 */
export function Prose(props: { text: string }) {
  return (
    <MarkdownContent
      className={styles.prose}
      content={props.text}
      dialect="gfm"
      linkTarget="_blank"
      transformLinkUri={href => (/^(https?:|mailto:)/i.test(href) ? href : '')}
      transformImageUri={() => ''}
    />
  );
}

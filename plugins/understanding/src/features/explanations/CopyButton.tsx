import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import useCopyToClipboard from 'react-use/esm/useCopyToClipboard';

/** Copies a text, and says so, or why not. */
export function CopyButton(props: { label: string; text: string }) {
  const { label, text } = props;
  const [{ error, value }, copy] = useCopyToClipboard();
  const isCopied = value === text && !error;
  return (
    <>
      <Button
        variant="secondary"
        iconStart={
          isCopied ? (
            <RiCheckLine aria-hidden />
          ) : (
            <RiFileCopyLine aria-hidden />
          )
        }
        onPress={() => copy(text)}
      >
        {label}
      </Button>
      <span role="status">
        {isCopied && 'Copied.'}
        {error && `It could not be copied: ${error.message}`}
      </span>
    </>
  );
}

/** Files of text for people, by their endings. */
export const PROSE = /\.(md|mdx|markdown|adoc|asciidoc|rst|txt)$/i;

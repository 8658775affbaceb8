/** Loaded on first use: reads documents as programs. */
export { Blocks, refusalText } from '../../source/blocks';
export { wholeFile } from '../../source/document';
export { blockPlaces, filePlaces, functionAt } from '../../source/lenses';
export { markdownBlocks } from '../../source/markdown';
export { cellBlock } from '../../source/notebook';
export { firstCode } from '../../source/plan-words';

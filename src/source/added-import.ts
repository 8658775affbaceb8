/** A name that the program lacks, and where Python has it: `asyncio`, or `dataclass` of `dataclasses`. */
export interface AddedImport {
  readonly name: string;
  readonly module: string;
  readonly member: string | null;
}

export async function exportText(_input: unknown): Promise<Uint8Array> {
  return new Uint8Array();
}

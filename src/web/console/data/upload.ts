import Type from 'typebox';
import { uploadFile } from '../../../modules/onestop/dossiers/contract.ts';
import { call } from '../api.ts';

const upload = { ...uploadFile, body: Type.Unknown() };

/** Stores one file; the server checks type and content. It is attached when the dossier is received. */
export async function sendFile(file: File): Promise<{ id: string; name: string; size: number; mime: string }> {
  const body = new FormData();
  body.append('file', file, file.name);
  return call(upload, { body });
}

export { type CheckedUpload, DEFAULT_ACCEPT, MAX_UPLOAD_BYTES, type UploadOptions } from './check-upload.ts';
export type { BlobStore, StagedBlob } from './ports.ts';
export type { FileKind } from './rules/completeness.ts';
export { contentDisposition, safeFileName } from './rules/file-name.ts';
export { sendFile } from './send-file.ts';
export {
  createFilesService,
  createFilesTimers,
  type FilesDeps,
  type FilesService,
  type OpenedFile,
} from './service.ts';
export type { FileOwner, FileReference } from './store.ts';

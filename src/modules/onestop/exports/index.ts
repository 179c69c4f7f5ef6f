/** The door of `exports`: lists of dossiers as workbooks, in columns people have chosen. */
export { registerExportRoutes } from './routes.ts';
export { createExportService, type ExportContext, type ExportService } from './service.ts';

/** A revision was published; payload `{revisionId, code, validFrom}`; key is the code. */
export const PROCEDURE_PUBLISHED = 'procedure.published';

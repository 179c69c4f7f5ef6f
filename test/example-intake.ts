/**
 * Body of `POST /api/dossiers`: certified copies (2.000815), the simplest procedure of both eras, for an invented
 * person whose name and phone carry `mark`.
 */
export function exampleIntake(unitId: string, mark: string) {
  const fullName = `Nguyễn Văn Thử ${mark}`;
  return {
    procedureCode: '2.000815',
    channel: 'desk',
    unitId,
    parties: [{ role: 'owner', snapshot: { fullName, subjectType: 'citizen', phone: '0900000199' } }],
    formValues: {
      applicant: { fullName, phone: '0900000199' },
      documents: [{ title: 'Bằng tốt nghiệp', pages: 1, copies: 2 }],
      foreignPaper: 'no',
      declaration: true,
    },
    components: [{ code: 'ban-chinh', provided: true }],
    resultMethod: 'desk',
    forward: true,
  };
}

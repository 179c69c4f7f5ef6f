import type { FormDefinition, PersonField, Section } from '../../../../core/forms/definition.ts';

/** Kinds of applicants the portal can write down; the national subject types map onto them. */
export type SubjectKind = 'citizen' | 'foreigner' | 'overseas' | 'organisation';

const LABELS: Readonly<Record<SubjectKind, string>> = {
  citizen: 'Công dân Việt Nam',
  foreigner: 'Người nước ngoài',
  overseas: 'Người Việt Nam định cư ở nước ngoài',
  organisation: 'Tổ chức, doanh nghiệp, hộ kinh doanh',
};

/** National subject type (`ĐT1` …, both spellings of Đ) → kind; unknown types count as citizens. */
export function subjectKinds(codes: readonly string[]): SubjectKind[] {
  const kinds = new Set<SubjectKind>();
  for (const code of codes) {
    const number = code.replaceAll(/\D/g, '');
    if (number === '4') kinds.add('foreigner');
    else if (number === '12') kinds.add('overseas');
    else if (['2', '3', '5', '6', '7', '8', '9', '10', '11'].includes(number)) kinds.add('organisation');
    else kinds.add('citizen');
  }
  return kinds.size === 0 ? ['citizen'] : (Object.keys(LABELS) as SubjectKind[]).filter((kind) => kinds.has(kind));
}

const person = (id: string, label: string, subject: 'citizen' | 'foreigner', visibleWhen?: string): PersonField => ({
  id,
  type: 'person',
  label,
  subject,
  required: true,
  parts: { idNumber: 'required', birthDate: 'required' },
  ...(visibleWhen === undefined ? {} : { visibleWhen }),
});

const contact: Section = {
  id: 'lienHe',
  title: 'Liên hệ',
  help: 'Bộ phận một cửa dùng thông tin này để báo tin về hồ sơ.',
  fields: [
    { id: 'phone', type: 'text', label: 'Số điện thoại', format: 'phone', required: true, autocomplete: 'tel' },
    {
      id: 'email',
      type: 'text',
      label: 'Thư điện tử',
      format: 'email',
      autocomplete: 'email',
      help: 'Để nhận tin về từng bước của hồ sơ.',
    },
    { id: 'address', type: 'address', label: 'Nơi ở hiện nay', required: true, detail: 'optional' },
  ],
};

/**
 * Form “who files”. A signed-in citizen is known by the identity provider and is only asked for contact and whether
 * the dossier is somebody else's; a guest also says who he is. The owner (chủ hồ sơ) may be another person.
 *
 * @param kinds who may file; with one kind it is not asked.
 * @param asks `asksOwner: false` where the procedure's own form says whose dossier it is: then neither a guest's name
 *   nor the owner is asked twice.
 */
export function applicantForm(
  kinds: readonly SubjectKind[],
  asks: { readonly signedIn: boolean; readonly asksOwner: boolean },
): FormDefinition {
  const natural = kinds.filter((kind) => kind !== 'organisation');
  const sections: Section[] = [];
  if (!asks.signedIn && asks.asksOwner) {
    const several = kinds.length > 1;
    sections.push({
      id: 'nguoiNop',
      title: 'Người nộp hồ sơ',
      fields: [
        ...(several
          ? [
              {
                id: 'subject',
                type: 'choice' as const,
                label: 'Bạn nộp với tư cách',
                required: true,
                options: kinds.map((kind) => ({ value: kind, label: LABELS[kind] })),
              },
            ]
          : []),
        ...(kinds.includes('citizen')
          ? [person('citizen', 'Người nộp', 'citizen', several ? "subject == 'citizen'" : undefined)]
          : []),
        ...(kinds.includes('foreigner') || kinds.includes('overseas')
          ? [
              person(
                'foreigner',
                'Người nộp',
                'foreigner',
                several ? "subject == 'foreigner' || subject == 'overseas'" : undefined,
              ),
            ]
          : []),
        ...(kinds.includes('organisation')
          ? [
              {
                id: 'organisationName',
                type: 'text' as const,
                label: 'Tên tổ chức, doanh nghiệp',
                required: true,
                maxLength: 200,
                ...(several ? { visibleWhen: "subject == 'organisation'" } : {}),
              },
              {
                id: 'organisationCode',
                type: 'text' as const,
                label: 'Mã số thuế hoặc mã số doanh nghiệp',
                required: true,
                maxLength: 20,
                ...(several ? { visibleWhen: "subject == 'organisation'" } : {}),
              },
            ]
          : []),
      ],
    });
  }
  if (natural.length > 0 && asks.asksOwner) {
    sections.push({
      id: 'chuHoSo',
      title: 'Hồ sơ này của ai?',
      fields: [
        {
          id: 'forWhom',
          type: 'choice',
          label: 'Hồ sơ này của ai?',
          required: true,
          options: [
            { value: 'self', label: 'Của chính người nộp' },
            { value: 'other', label: 'Nộp thay cho người khác' },
          ],
        },
        person('owner', 'Chủ hồ sơ', 'citizen', "forWhom == 'other'"),
      ],
    });
  }
  return { id: 'portal-applicant', revision: '1', title: 'Người nộp hồ sơ', sections: [...sections, contact] };
}

/** Form “how the result comes back”. */
export const resultForm: FormDefinition = {
  id: 'portal-result',
  revision: '1',
  title: 'Nhận kết quả',
  sections: [
    {
      id: 'nhanKetQua',
      title: 'Nhận kết quả ở đâu?',
      fields: [
        {
          id: 'method',
          type: 'choice',
          label: 'Cách nhận kết quả',
          required: true,
          options: [
            { value: 'electronic', label: 'Bản điện tử trên cổng này' },
            { value: 'desk', label: 'Đến bộ phận một cửa' },
            { value: 'post', label: 'Bưu chính gửi đến nhà (người nhận trả cước)' },
          ],
        },
        {
          id: 'postAddress',
          type: 'address',
          label: 'Địa chỉ nhận bưu phẩm',
          required: true,
          detail: 'required',
          visibleWhen: "method == 'post'",
        },
      ],
    },
  ],
};

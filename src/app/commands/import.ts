import { type Command, UsageError } from './command.ts';
import { importDossiersFile } from './import-dossiers.ts';
import { importProcedureFiles } from './import-procedures.ts';
import { importUnitsFile } from './import-units.ts';

const USAGE = `Cách dùng: motcua import units TỆP --valid-from NGÀY [--valid-to NGÀY] [--close-missing tinh|ca-nuoc] [--dry-run]
           motcua import procedures TỆP…
           motcua import dossiers TỆP.ndjson [--dry-run] [--resume]

units       bộ dữ liệu đơn vị hành chính công khai (hai cấp hoặc ba cấp), giữ nguyên như khi tải về. Ngày dạng
            2025-07-01; --valid-to là ngày cuối cùng còn hiệu lực. --close-missing kết thúc vào ngày trước đó những đơn vị
            đã nhập mà tệp không còn: trong các tỉnh có trong tệp (tinh) hoặc cả nước (ca-nuoc); xem trước bằng --dry-run.
            Kết quả: {read, created, updated, skipped, closed, errors}.
procedures  tệp JSON thủ tục của Cổng dịch vụ công quốc gia, giữ nguyên. Mỗi tệp một dòng kết quả: số bước, cách thực
            hiện, phí, trường hợp, thành phần, căn cứ; phần giữ dạng chữ (keptAsText); điều cần xem lại (findings).
dossiers    hồ sơ của hệ thống cũ, mỗi dòng một JSON. Kết quả: {read, imported, skipped, errors: [{line, field, code}]}.

  --dry-run   đọc và kiểm tra, không ghi
  --resume    chạy tiếp lần trước: bỏ qua những gì đã có

Mã thoát 1 nếu có lỗi trong dữ liệu; phần đúng vẫn được nhập.`;

/** `motcua import units|procedures|dossiers`. */
export const importCommand: Command = {
  usage: USAGE,
  async run(args, io) {
    const [what, ...rest] = args;
    switch (what) {
      case 'units':
        return importUnitsFile(rest, io);
      case 'procedures':
        return importProcedureFiles(rest, io);
      case 'dossiers':
        return importDossiersFile(rest, io);
      default:
        throw new UsageError(
          what === undefined
            ? 'Thiếu loại dữ liệu: units, procedures hoặc dossiers.'
            : `Không nhập được “${what}”: chọn units, procedures hoặc dossiers.`,
        );
    }
  },
};

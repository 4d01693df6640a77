/** What each key and each root is, in the key statement and on the page about roots. */
export const keyStatementVi = {
  code: "Khóa ký mã in trên bản sao (ES256). Không ký được bản sao.",
  log: "Khóa ký nhật ký công khai (Ed25519). Không ký được bản sao.",
  status: "Khóa ký danh sách trạng thái và chính bản kê này (Ed25519). Không ký được bản sao.",
  credential: "Khóa ký các thông tin của giấy tờ gửi kèm bản sao (ES256). Không ký được bản sao.",
  official: "Gốc của chứng thư người thực hiện chứng thực",
  agency_seal: "Gốc của chứng thư con dấu cơ quan",
  timestamp: "Gốc của dịch vụ cấp dấu thời gian",
  public: "Gốc của chứng thư công cộng; không ký bản sao chứng thực",
} as const satisfies Record<string, string>;

export type KeyStatementWord = keyof typeof keyStatementVi;

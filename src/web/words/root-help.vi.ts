/** For an IT office: roots and how to bring them into programs that read PDF. */
export const rootHelpVi = {
  title: "Nhập chứng thư gốc (dành cho bộ phận CNTT)",
  lead: "Không cần nhập gì để dùng trang kiểm tra này. Chỉ khi muốn Adobe, Foxit hay phần mềm khác tự nhận ra chữ ký trên bản sao, hãy nhập các gốc dưới đây, sau khi đã so dấu vân tay.",
  trialTitle: "Gốc thử nghiệm",
  trial: "Đây là hệ thống thử nghiệm. Khóa của các gốc này nằm trên máy của người thử: đừng nhập vào máy dùng thật.",
  rootsTitle: "Các gốc hiện dùng",
  rootsLead:
    "So dấu vân tay với nguồn khác (bản ghi DNS, văn bản của cơ quan, điện thoại), không chỉ với trang này. Khác một ký tự thì đừng nhập.",
  noRoots: "Hiện không xác minh được danh sách khóa; hãy quay lại sau. Đừng lấy gốc từ nơi khác.",
  purpose: "Dùng để",
  until: "Hết hạn",
  sha1: "SHA-1 (thumbprint trong Windows)",
  download: "Tải chứng thư gốc (.crt)",
  windowsTitle: "Windows, một máy",
  windows:
    "Mở cửa sổ lệnh bằng quyền quản trị. Sau khi nhập, mở certlm.msc, tìm gốc trong “Trusted Root Certification Authorities”, mục Properties chỉ giữ “Document Signing” và “Time Stamping”: gốc này không được dùng cho trang web.",
  groupTitle: "Windows, cả cơ quan (Group Policy)",
  group:
    "Trong Group Policy Management: Computer Configuration > Policies > Windows Settings > Security Settings > Public Key Policies > Trusted Root Certification Authorities > Import. Chỉ áp dụng cho nhóm máy tiếp nhận hồ sơ. Máy nhận chính sách sau gpupdate /force.",
  adobeTitle: "Adobe Acrobat, Reader",
  adobe:
    "Edit > Preferences > Signatures > Identities & Trusted Certificates > More > Trusted Certificates > Import. Chọn gốc, Edit Trust, đánh dấu “Use this certificate as a trusted root”; bỏ các ô về nội dung động và mã lệnh. Muốn Adobe dùng gốc của Windows: Preferences > Signatures > Verification > Windows Integration > “Validating Signatures”.",
  macTitle: "macOS",
  mac: "Keychain Access chỉ giúp phần mềm dùng kho của hệ thống; Preview không kiểm tra chữ ký PDF. Lệnh (hoặc kéo tệp vào System, rồi mở Trust):",
  nssTitle: "Linux và phần mềm dùng NSS (pdfsig, Okular, LibreOffice)",
  nss: "Gốc được tin cho chữ ký văn bản (cờ thứ hai), không cho trang web:",
  afterTitle: "Sau khi nhập",
  after:
    "Mở một bản sao đã biết là đúng: phần mềm phải ghi cả hai chữ ký hợp lệ. Phần mềm vẫn không biết bản sao đã bị hủy hay chưa: điều đó chỉ trang kiểm tra trả lời. Gốc hết hạn hoặc bị rút khỏi danh sách trên thì gỡ khỏi máy.",
  viewers: "Phần mềm của bạn hiện gì khi mở bản sao?",
} as const satisfies Record<string, string>;

export type RootHelpWord = keyof typeof rootHelpVi;

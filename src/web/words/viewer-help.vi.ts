export const viewerHelpVi = {
  title: "Xem chữ ký trong phần mềm bạn dùng",
  lead: "Phần mềm đọc PDF chỉ cho biết tệp còn nguyên vẹn và ai đã ký. Chỉ trang này mới cho biết bản sao có trong sổ và còn hiệu lực.",
  acrobat: "Adobe Acrobat, Reader",
  acrobatHelp:
    "Mở bảng Chữ ký (Signatures). Dòng “tài liệu không bị sửa đổi kể từ khi ký” là điều cần thấy. Dòng “chưa rõ hiệu lực” chỉ có nghĩa là Adobe chưa tin nơi cấp chứng thư, không phải tệp bị sửa.",
  foxit: "Foxit PDF Reader",
  foxitHelp: "Bấm vào ô chữ ký trên trang lời chứng rồi chọn xem thuộc tính chữ ký. Cách hiểu giống như Adobe.",
  browser: "Trình duyệt (Chrome, Edge, Safari, Cốc Cốc)",
  browserHelp: "Không kiểm tra chữ ký. Hình chữ ký và con dấu nhìn thấy trên trang chưa chứng minh điều gì.",
  phone: "Điện thoại",
  phoneHelp:
    "Hầu hết ứng dụng xem PDF không kiểm tra chữ ký. Hãy gửi chính tệp PDF lên trang này; ảnh chụp màn hình thì không kiểm tra được.",
  more: "Xem từng phần mềm, có hình vẽ; nhập chứng thư gốc",
} as const satisfies Record<string, string>;

export type ViewerHelpWord = keyof typeof viewerHelpVi;

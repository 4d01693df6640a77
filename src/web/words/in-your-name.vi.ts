export const inYourNameVi = {
  titleMine: "Đã ký dưới tên bạn",
  titleAgency: "Đã đóng dấu dưới tên cơ quan",
  leadMine: "Mọi bản sao mà nhật ký công khai ghi là đã cấp với chữ ký của bạn, mới nhất ở trên.",
  leadAgency: "Mọi bản sao mà nhật ký công khai ghi là đã cấp với con dấu số của cơ quan, mới nhất ở trên.",
  showAgency: "Xem của cả cơ quan",
  showMine: "Xem của riêng tôi",
  none: "Nhật ký chưa ghi bản sao nào.",
  number: "Số chứng thực",
  paper: "Giấy tờ",
  loggedAt: "Vào nhật ký lúc",
  signedBy: "Người ký",
  sealedBy: "Người đóng dấu",
  place: "Mục nhật ký",
  notYours:
    "Có bản sao mà bạn không ký hay không đóng dấu? Khóa có thể đã bị dùng trộm: báo ngay quản trị viên để ngừng chứng thư số, và báo nơi cấp chứng thư để thu hồi.",
  feed: "Nguồn tin JSON của trang này (cần đăng nhập)",
  older: "Các mục cũ hơn",
  strangeTitle: "Nhật ký có mục của cơ quan mà sổ chứng thực không có",
  strangeNext:
    "Có thể người khác đã dùng khóa của cơ quan, hoặc sổ bị mất khi khôi phục. Hãy đối chiếu với sổ giấy và tìm bản sao; nếu không ai ở cơ quan làm, hãy ngừng chứng thư số và báo cơ quan cấp trên.",
  strangeItem: "Số {number}, quyển {book}",
  item: "Số {number}, quyển {book}: {title}",
  itemBy: "Người ký: {signer}. Người đóng dấu: {clerk}.",
} as const satisfies Record<string, string>;

export type InYourNameWord = keyof typeof inYourNameVi;

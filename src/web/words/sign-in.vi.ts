export const signInVi = {
  title: "Đăng nhập",
  lead: "Dành cho cán bộ tiếp nhận, đối chiếu, ký, đóng dấu và quản trị. Người dân không cần tài khoản.",
  userName: "Tên đăng nhập",
  password: "Mật khẩu",
  button: "Đăng nhập",
  citizens: "Bạn nhận hoặc kiểm tra bản sao?",
  checkCopy: "Kiểm tra một bản sao chứng thực",
} as const satisfies Record<string, string>;

export type SignInWord = keyof typeof signInVi;

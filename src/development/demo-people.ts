// The people and the agency of a development store. All are invented and say so wherever their names are printed.

/** Nearest thing to a real commune that is nobody's: there is no such ward and no such province. */
export type DemoAgency = {
  readonly name: string;
  readonly shortName: string;
  readonly province: string;
  readonly address: string;
};

export const demoAgency: DemoAgency = {
  name: "Ủy ban nhân dân phường Hoa Ban (hư cấu)",
  shortName: "UBND phường Hoa Ban (hư cấu)",
  province: "tỉnh Ban Mai (hư cấu)",
  address: "Số 1 đường Mẫu, phường Hoa Ban, tỉnh Ban Mai (hư cấu)",
};

/** Where the demo agency lies, and the agency of the province above it. Codes as no real list has them. */
export const demoProvince = {
  agencyName: "Ủy ban nhân dân tỉnh Ban Mai (hư cấu)",
  area: { code: "BANMAI", name: "Tỉnh Ban Mai (hư cấu)", kind: "tinh", parent: null, mergedInto: null },
  commune: { code: "BANMAI.1", name: "Phường Hoa Ban (hư cấu)", kind: "phuong", parent: "BANMAI", mergedInto: null },
} as const;

/** A body that receives copies. */
export const demoRecipient = {
  name: "Trường Trung học phổ thông Hoa Ban (hư cấu)",
  email: "tuyensinh@thpt-hoaban.example",
  domain: "thpt-hoaban.example",
} as const;

/** What one person does in the procedure; a certificate's officer and clerk are two persons, DESIGN decision 9. */
export type DemoDuty = "receiver" | "comparer" | "signer" | "clerk" | "administrator" | "province";

/** On what the signer's authority rests, NĐ 280/2025 Art. 1(1); LAW 2.1. */
export type DemoAuthority = {
  readonly documentNumber: string;
  /** First and last day, local calendar, relative to the day the store is born. */
  readonly validFromDays: number;
  readonly validToDays: number;
  readonly scope: string;
};

export type DemoOfficial = {
  readonly duty: DemoDuty;
  readonly userName: string;
  readonly fullName: string;
  readonly position: string;
  /** Lines above the signature, in capitals; only who signs certificates has them. */
  readonly signatureBlock: readonly string[];
  readonly authority: DemoAuthority | null;
  /** Whose certificate lies under this person's PIN: the own one, the agency's (held by the clerk), or none. */
  readonly holds: "own_key" | "agency_key" | null;
};

/** What a demo person types; printed once, at the first start. */
export type DemoSecrets = {
  /** 99 random bits as groups of letters and digits that cannot be taken for each other. */
  readonly password: string;
  /** Six digits; encrypts the PKCS#12 of the key that the person holds. */
  readonly pin: string;
};

export type DemoPerson = DemoOfficial & DemoSecrets;

export const demoOfficials: readonly DemoOfficial[] = [
  official("receiver", "tiepnhan", "Lường Thị Mẫu Một (hư cấu)", "Công chức bộ phận Một cửa"),
  official("comparer", "doichieu", "Cà Văn Mẫu Hai (hư cấu)", "Công chức Tư pháp - Hộ tịch"),
  {
    ...official("signer", "lanhdao", "Quàng Văn Mẫu Ba (hư cấu)", "Phó Chủ tịch"),
    signatureBlock: ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    authority: {
      documentNumber: "01/QĐ-UBND-HƯCẤU",
      validFromDays: -30,
      validToDays: 730,
      scope: "Chứng thực bản sao từ bản chính (phân công hư cấu)",
    },
    holds: "own_key",
  },
  { ...official("clerk", "vanthu", "Tòng Thị Mẫu Bốn (hư cấu)", "Văn thư"), holds: "agency_key" },
  official("administrator", "quantri", "Vì Văn Mẫu Năm (hư cấu)", "Quản trị hệ thống"),
  official("province", "tinh", "Lò Thị Mẫu Sáu (hư cấu)", "Theo dõi của tỉnh"),
];

/**
 * The six demo people with fresh secrets.
 *
 * @param random unpredictable octets
 */
export function newDemoPeople(random: (bytes: number) => Uint8Array): readonly DemoPerson[] {
  return demoOfficials.map((one) => ({ ...one, password: newPassword(random), pin: newPin(random) }));
}

function official(duty: DemoDuty, userName: string, fullName: string, position: string): DemoOfficial {
  return { duty, userName, fullName, position, signatureBlock: [], authority: null, holds: null };
}

const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** `xxxxx-xxxxx-xxxxx-xxxxx` of 31 signs: 99 bits. */
function newPassword(random: (bytes: number) => Uint8Array): string {
  const groups = Array.from({ length: 4 }, () => drawn(random, alphabet, 5));
  return groups.join("-");
}

const newPin = (random: (bytes: number) => Uint8Array): string => drawn(random, "0123456789", 6);

/** Every sign equally likely: octets above the last whole multiple are drawn again. */
function drawn(random: (bytes: number) => Uint8Array, signs: string, length: number): string {
  const limit = 256 - (256 % signs.length);
  let text = "";
  while (text.length < length) {
    for (const octet of random(length)) {
      if (octet < limit && text.length < length) text += signs.charAt(octet % signs.length);
    }
  }
  return text;
}

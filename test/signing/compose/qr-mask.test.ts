import fc from "fast-check";
import { encode } from "uqr";
import { expect, test } from "vitest";
import { underBestMask } from "../../../signing/compose/qr-mask.ts";

test("ISO/IEC 18004 §7.8.3: the mask is the one that another encoder chooses, module by module", () => {
  const versions = fc.constantFrom({ version: 5, most: 60 }, { version: 14, most: 250 });
  fc.assert(
    fc.property(versions, fc.string({ maxLength: 250 }), ({ version, most }, text) => {
      const options = { ecc: "M", boostEcc: true, border: 0, minVersion: version, maxVersion: version } as const;
      const says = encodeURI(text).slice(0, most);
      expect(underBestMask(encode(says, { ...options, maskPattern: 0 }))).toEqual(encode(says, options).data);
    }),
    { numRuns: 25 },
  );
});

/**
 * Some old machines have no Chinese type and draw an empty box for every character. Only they load it, subset by subset as
 * characters are needed; everybody else would wait for megabytes they already have.
 */
export async function ensureChinese(): Promise<void> {
  if (hasChinese()) return;
  await Promise.all([import('@fontsource/noto-sans-sc/400.css'), import('@fontsource/noto-sans-sc/700.css')]);
  document.documentElement.dataset['chinese'] = 'ours';
}

/** A character that exists looks different from one that cannot exist. */
function hasChinese(): boolean {
  const draw = (character: string): string => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 24;
    const context = canvas.getContext('2d');
    if (!context) return character;
    context.font = '20px system-ui, sans-serif';
    context.fillText(character, 2, 20);
    return [...context.getImageData(0, 0, 24, 24).data].join();
  };
  return draw('护') !== draw('\u{10FFFE}');
}

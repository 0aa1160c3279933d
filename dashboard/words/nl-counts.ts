export const count = new Intl.NumberFormat('nl');
export const messages = (n: number) => (n === 1 ? '1 bericht' : `${count.format(n)} berichten`);

export const count = new Intl.NumberFormat('en-GB');
export const messages = (n: number) => (n === 1 ? '1 message' : `${count.format(n)} messages`);

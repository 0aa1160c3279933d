/**
 * Ways to write an IPv4 address in a URL (A1): what some parser somewhere reads as `address`. `host` goes between `http://` and
 * the port. User info and paths are the caller's.
 */
export function spellingsOf(address: string): { how: string; host: string }[] {
  const bytes = address.split('.').map(Number) as [number, number, number, number];
  const [a, b, c, d] = bytes;
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number, width = 0) => value.toString(16).padStart(width, '0');
  const high = hex(a * 256 + b);
  const low = hex(c * 256 + d);
  const fullWidth = (text: string) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
  return [
    { how: 'dotted', host: address },
    { how: 'decimal', host: String(whole) },
    { how: 'hex', host: `0x${hex(whole)}` },
    { how: 'upper-case hex', host: `0X${hex(whole).toUpperCase()}` },
    { how: 'octal', host: `0${whole.toString(8)}` },
    { how: 'dotted hex', host: bytes.map((byte) => `0x${hex(byte)}`).join('.') },
    { how: 'dotted octal', host: bytes.map((byte) => `0${byte.toString(8)}`).join('.') },
    { how: 'octal with zeros', host: bytes.map((byte) => `0000${byte.toString(8)}`).join('.') },
    { how: 'mixed', host: `0x${hex(a)}.${b}.0${c.toString(8)}.${d}` },
    { how: 'two parts', host: `${a}.${whole % 2 ** 24}` },
    { how: 'three parts', host: `${a}.${b}.${c * 256 + d}` },
    { how: 'full-width digits', host: fullWidth(address) },
    { how: 'full-width dots', host: address.replaceAll('.', '。') },
    { how: 'half-width ideographic dots', host: address.replaceAll('.', '｡') },
    {
      how: 'circled digits',
      host: address.replace(/[1-9]/g, (digit) => String.fromCharCode(0x2460 + Number(digit) - 1)),
    },
    { how: 'percent encoded', host: address.replace(/[0-9]/g, (digit) => `%3${digit}`) },
    { how: 'trailing dot', host: `${address}.` },
    { how: 'soft hyphen', host: address.replace('.', '\u00ad.') },
    { how: 'mapped', host: `[::ffff:${address}]` },
    { how: 'mapped in hex', host: `[::ffff:${high}:${low}]` },
    { how: 'mapped, long', host: `[0:0:0:0:0:FFFF:${high}:${low}]` },
    { how: 'compatible', host: `[::${address}]` },
    { how: 'translated', host: `[::ffff:0:${high}:${low}]` },
    { how: 'NAT64', host: `[64:ff9b::${address}]` },
    { how: 'NAT64, local', host: `[64:ff9b:1::${high}:${low}]` },
    { how: '6to4', host: `[2002:${high}:${low}::1]` },
    { how: 'Teredo', host: `[2001:0:0:0:0:0:${hex(0xffff ^ (a * 256 + b))}:${hex(0xffff ^ (c * 256 + d))}]` },
    { how: 'ISATAP', host: `[fe80::5efe:${high}:${low}]` },
    { how: 'with a zone', host: `[fe80::${high}:${low}%25lo]` },
  ];
}

/** First, middle and last address of every special range in the two IANA registries, and of multicast. */
export const specialRanges: { range: string; addresses: string[] }[] = [
  ['0.0.0.0/8', '0.0.0.0', '0.128.0.1', '0.255.255.255'],
  ['10.0.0.0/8', '10.0.0.0', '10.128.0.1', '10.255.255.255'],
  ['100.64.0.0/10', '100.64.0.0', '100.100.100.200', '100.127.255.255'],
  ['127.0.0.0/8', '127.0.0.0', '127.0.0.1', '127.255.255.255'],
  ['169.254.0.0/16', '169.254.0.0', '169.254.169.254', '169.254.255.255'],
  ['172.16.0.0/12', '172.16.0.0', '172.24.0.1', '172.31.255.255'],
  ['192.0.0.0/24', '192.0.0.0', '192.0.0.170', '192.0.0.255'],
  ['192.0.2.0/24', '192.0.2.0', '192.0.2.128', '192.0.2.255'],
  ['192.31.196.0/24', '192.31.196.0', '192.31.196.128', '192.31.196.255'],
  ['192.52.193.0/24', '192.52.193.0', '192.52.193.128', '192.52.193.255'],
  ['192.88.99.0/24', '192.88.99.0', '192.88.99.2', '192.88.99.255'],
  ['192.168.0.0/16', '192.168.0.0', '192.168.128.1', '192.168.255.255'],
  ['192.175.48.0/24', '192.175.48.0', '192.175.48.128', '192.175.48.255'],
  ['198.18.0.0/15', '198.18.0.0', '198.19.0.1', '198.19.255.255'],
  ['198.51.100.0/24', '198.51.100.0', '198.51.100.128', '198.51.100.255'],
  ['203.0.113.0/24', '203.0.113.0', '203.0.113.128', '203.0.113.255'],
  ['224.0.0.0/4', '224.0.0.0', '232.1.1.1', '239.255.255.255'],
  ['240.0.0.0/4', '240.0.0.0', '248.0.0.1', '255.255.255.255'],
  ['168.63.129.16/32', '168.63.129.16'],
  ['::/128', '::'],
  ['::1/128', '::1', '0:0:0:0:0:0:0:1'],
  ['::ffff:0:0/96', '::ffff:0.0.0.0', '::ffff:8.8.8.8', '::ffff:255.255.255.255'],
  ['64:ff9b::/96', '64:ff9b::', '64:ff9b::8.8.8.8', '64:ff9b::ffff:ffff'],
  ['64:ff9b:1::/48', '64:ff9b:1::', '64:ff9b:1:8000::1', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
  ['100::/64', '100::', '100::8000:0:0:1', '100::ffff:ffff:ffff:ffff'],
  ['100:0:0:1::/64', '100:0:0:1::', '100:0:0:1:8000::', '100:0:0:1:ffff:ffff:ffff:ffff'],
  ['2001::/23', '2001::', '2001:1::1', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2001::/32 Teredo', '2001::1', '2001:0:8000::1', '2001:0:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2001:10::/28', '2001:10::', '2001:18::1', '2001:1f:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2001:20::/28', '2001:20::', '2001:28::1', '2001:2f:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2001:db8::/32', '2001:db8::', '2001:db8:8000::1', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2002::/16', '2002::', '2002:808:808::1', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2620:4f:8000::/48', '2620:4f:8000::', '2620:4f:8000:8000::1', '2620:4f:8000:ffff:ffff:ffff:ffff:ffff'],
  ['3fff::/20', '3fff::', '3fff:800::1', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['5f00::/16', '5f00::', '5f00:8000::1', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fc00::/7', 'fc00::', 'fd00:ec2::254', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fe80::/10', 'fe80::', 'fea0::1', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fec0::/10', 'fec0::', 'fee0::1', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['ff00::/8', 'ff00::', 'ff02::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
].map(([range, ...addresses]) => ({ range: range!, addresses }));

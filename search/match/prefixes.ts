/** What hangs on beginnings of words: a tree by letter, so that a word costs a step for each of its letters that lead anywhere. */
export type Prefixes<T> = {
  at: (prefix: string) => T | undefined;
  put: (prefix: string, value: T) => void;
  delete: (prefix: string) => void;
  /** Everything that hangs on a beginning of this word, shortest first. */
  each: (word: string, visit: (value: T) => void) => void;
};

type Node<T> = { value: T | undefined; next: Map<number, Node<T>> | null };

export function createPrefixes<T>(): Prefixes<T> {
  const root: Node<T> = { value: undefined, next: null };

  function find(prefix: string): Node<T> | undefined {
    let node: Node<T> | undefined = root;
    for (let i = 0; node && i < prefix.length; i++) node = node.next?.get(prefix.charCodeAt(i));
    return node;
  }

  return {
    at: (prefix) => find(prefix)?.value,
    put(prefix, value) {
      let node = root;
      for (let i = 0; i < prefix.length; i++) {
        const unit = prefix.charCodeAt(i);
        node.next ??= new Map();
        let next = node.next.get(unit);
        if (!next) {
          next = { value: undefined, next: null };
          node.next.set(unit, next);
        }
        node = next;
      }
      node.value = value;
    },
    delete(prefix) {
      const path: Node<T>[] = [root];
      for (let i = 0; i < prefix.length; i++) {
        const next = path[i]!.next?.get(prefix.charCodeAt(i));
        if (!next) return;
        path.push(next);
      }
      path[prefix.length]!.value = undefined;
      // Branches that lead nowhere any more go too.
      for (let i = prefix.length; i > 0; i--) {
        const node = path[i]!;
        if (node.value !== undefined || (node.next && node.next.size > 0)) break;
        path[i - 1]!.next!.delete(prefix.charCodeAt(i - 1));
      }
    },
    each(word, visit) {
      let node: Node<T> | undefined = root;
      for (let i = 0; node; i++) {
        if (node.value !== undefined) visit(node.value);
        if (i === word.length || !node.next) break;
        node = node.next.get(word.charCodeAt(i));
      }
    },
  };
}

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.queries.intervals.IntervalQuery;
import org.apache.lucene.queries.intervals.Intervals;
import org.apache.lucene.queries.intervals.IntervalsSource;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Standing queries in Lucene Monitor, for bench/match.ts. Arguments: a file with a query a line and a file with a document a line
 * (bench/match-lucene.ts writes them). A line "from count" on standard input matches those documents; the answer is one line of the
 * ids found by each document, with a semicolon after each.
 */
class Match {
  public static void main(String[] arguments) throws IOException {
    try (Monitor monitor = new Monitor(new WhitespaceAnalyzer())) {
      List<MonitorQuery> queries = new ArrayList<>();
      for (String line : Files.readAllLines(Path.of(arguments[0]))) {
        Words words = new Words(line.split(" "));
        queries.add(new MonitorQuery(words.next(), query(words)));
      }
      monitor.register(queries);
      List<Document> documents = new ArrayList<>();
      for (String line : Files.readAllLines(Path.of(arguments[1]))) documents.add(document(line));
      System.out.println("ready");
      BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = asked.readLine(); line != null; line = asked.readLine()) {
        int space = line.indexOf(' ');
        int from = Integer.parseInt(line.substring(0, space));
        int count = Integer.parseInt(line.substring(space + 1));
        System.out.println(matchAll(monitor, documents.subList(from, from + count)));
      }
    }
  }

  private static String matchAll(Monitor monitor, List<Document> documents) throws IOException {
    StringBuilder answer = new StringBuilder();
    for (Document document : documents) {
      TreeSet<Integer> ids = new TreeSet<>();
      for (QueryMatch match : monitor.match(document, QueryMatch.SIMPLE_MATCHER).getMatches()) {
        ids.add(Integer.valueOf(match.getQueryId()));
      }
      for (int id : ids) answer.append(id).append(' ');
      answer.append(';');
    }
    return answer.toString();
  }

  /** Terms, then a bar, then the text. */
  private static Document document(String line) {
    int bar = line.indexOf('|');
    Document document = new Document();
    for (String term : line.substring(0, bar).split(" ")) document.add(new StringField("terms", term, Field.Store.NO));
    document.add(new TextField("words", line.substring(bar + 1), Field.Store.NO));
    return document;
  }

  /** Each kind is followed by what it is made of, so no parentheses are needed. */
  private static Query query(Words words) {
    String kind = words.next();
    switch (kind) {
      case "word":
        return new TermQuery(new Term("words", words.next()));
      case "prefix":
        return new PrefixQuery(new Term("words", words.next()));
      case "term":
        return new TermQuery(new Term("terms", words.next()));
      case "phrase": {
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        for (int left = words.number(); left > 0; left--) phrase.add(new Term("words", words.next()));
        return phrase.build();
      }
      case "near": {
        boolean ordered = words.number() == 1;
        int most = words.number();
        String first = words.next();
        String second = words.next();
        IntervalsSource there = inOrder(first, second, most);
        return new IntervalQuery("words", ordered ? there : Intervals.or(there, inOrder(second, first, most)));
      }
      case "and":
      case "or": {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (int left = words.number(); left > 0; left--) add(all, words, kind.equals("and"));
        return all.build();
      }
      default:
        throw new IllegalArgumentException(kind);
    }
  }

  private static IntervalsSource inOrder(String first, String second, int most) {
    return Intervals.maxgaps(most, Intervals.ordered(Intervals.term(first), Intervals.term(second)));
  }

  private static void add(BooleanQuery.Builder all, Words words, boolean isAnd) {
    if (!words.skip("not")) {
      all.add(query(words), isAnd ? Occur.MUST : Occur.SHOULD);
    } else if (isAnd) {
      all.add(query(words), Occur.MUST_NOT);
    } else {
      BooleanQuery.Builder not = new BooleanQuery.Builder().add(new MatchAllDocsQuery(), Occur.MUST);
      all.add(not.add(query(words), Occur.MUST_NOT).build(), Occur.SHOULD);
    }
  }

  private static final class Words {
    private final String[] words;
    private int at = 0;

    Words(String[] words) {
      this.words = words;
    }

    String next() {
      return words[at++];
    }

    int number() {
      return Integer.parseInt(next());
    }

    boolean skip(String word) {
      if (!words[at].equals(word)) return false;
      at++;
      return true;
    }
  }
}

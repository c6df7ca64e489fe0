package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A local variable is {@code var} wherever that gives it the same type. The type is written for
 * primitives and lambdas, without an initialiser, and where a wider type is wanted.
 */
class LocalVariablesTest {
  private static final Pattern EMPTY =
      Pattern.compile("(List|Map|Set|Optional|Stream)\\.(of|empty)");

  @TempDir Path classes;

  @Test
  void areVarWhereTheInitialiserNamesTheType() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var offences = new ArrayList<String>();
    var problems = new DiagnosticCollector<JavaFileObject>();
    var seen = 0;
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var options =
          List.of(
              "-proc:none",
              "-nowarn",
              "-d",
              classes.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      var task =
          (JavacTask)
              compiler.getTask(
                  null, files, problems, options, null, files.getJavaFileObjects(sources()));
      var units = task.parse();
      task.analyze();
      for (var unit : units) {
        var scan = new Scan(Trees.instance(task), task, unit, offences);
        scan.scan(unit, null);
        seen += scan.seen;
      }
    }
    assertThat(problems.getDiagnostics())
        .noneMatch(problem -> problem.getKind() == Diagnostic.Kind.ERROR);
    assertThat(seen).as("local variables looked at").isGreaterThan(2000);
    assertThat(offences).isEmpty();
  }

  /** All but modules speed and spark, whose libraries are missing from this class path. */
  private static Path[] sources() throws IOException {
    try (var all = Files.walk(Path.of("../../modules"))) {
      return all.filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
          .filter(
              file -> !file.toString().replace('\\', '/').matches(".*/modules/(speed|spark)/.*"))
          .filter(file -> file.toString().endsWith(".java"))
          .toArray(Path[]::new);
    }
  }

  private static final class Scan extends TreePathScanner<Void, Void> {
    private final Trees trees;
    private final JavacTask task;
    private final CompilationUnitTree unit;
    private final List<String> offences;
    private int seen;

    private Scan(Trees trees, JavacTask task, CompilationUnitTree unit, List<String> offences) {
      this.trees = trees;
      this.task = task;
      this.unit = unit;
      this.offences = offences;
    }

    @Override
    public Void visitVariable(VariableTree variable, Void unused) {
      var parent = getCurrentPath().getParentPath().getLeaf();
      if ((parent instanceof BlockTree || parent instanceof TryTree)
          && variable.getInitializer() != null) {
        seen++;
        if (isWritten(variable) && couldBeVar(variable)) {
          var line =
              unit.getLineMap()
                  .getLineNumber(trees.getSourcePositions().getStartPosition(unit, variable));
          offences.add(
              "%s:%d: %s".formatted(unit.getSourceFile().getName(), line, variable.getName()));
        }
      }
      return super.visitVariable(variable, null);
    }

    private boolean isWritten(VariableTree variable) {
      // The compiler gives a `var` its type, but no place in the text.
      var type = variable.getType();
      return !(type instanceof PrimitiveTypeTree)
          && trees.getSourcePositions().getStartPosition(unit, type) >= 0
          && trees.getSourcePositions().getEndPosition(unit, type)
              > trees.getSourcePositions().getStartPosition(unit, type);
    }

    private boolean couldBeVar(VariableTree variable) {
      var value = variable.getInitializer();
      if (value instanceof LambdaExpressionTree || value instanceof MemberReferenceTree) {
        return false;
      }
      if (value instanceof NewClassTree) {
        return true;
      }
      if (value instanceof MethodInvocationTree call
          && call.getArguments().isEmpty()
          && EMPTY.matcher(call.getMethodSelect().toString()).matches()) {
        return false; // takes its type from the left
      }
      var declared = trees.getTypeMirror(new TreePath(getCurrentPath(), variable.getType()));
      var given = trees.getTypeMirror(new TreePath(getCurrentPath(), value));
      return given != null && task.getTypes().isSameType(declared, given);
    }
  }
}

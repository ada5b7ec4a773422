package io.sluice.cli;

import io.sluice.cli.client.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import picocli.CommandLine;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import tools.jackson.databind.json.JsonMapper;

/** Tells, in one line, why a verb failed. Stateless. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    CommandLine.Model.CommandSpec spec = command.getCommandSpec();
    if (!(spec.userObject() instanceof Verb)) {
      tell(command.getErr(), "sluice: " + failure.getMessage());
      return spec.exitCodeOnExecutionException();
    }
    String code;
    String message;
    ExitCode exit;
    if (failure instanceof Refusal refusal) {
      code = refusal.code();
      message = String.valueOf(refusal.getMessage());
      exit = ExitCode.ofStatus(refusal.status());
    } else if (failure instanceof AwsServiceException refusal) {
      code = codeOf(refusal);
      message = messageOf(refusal);
      exit = ExitCode.ofStatus(refusal.statusCode());
    } else {
      code = "Failed";
      message = messageOf(failure);
      exit =
          failure instanceof SdkClientException || failure instanceof IOException
              ? exitOf(failure)
              : ExitCode.FAILED;
    }
    command.getOut().flush();
    if (command.getParseResult().hasMatchedOption("--json")) {
      tell(
          command.getErr(),
          JsonMapper.shared().writeValueAsString(Map.of("code", code, "message", message)));
    } else {
      boolean told = code.equals("Failed") || message.startsWith(code);
      tell(command.getErr(), "Error: " + message + (told ? "" : " (" + code + ")"));
    }
    return exit.number();
  }

  private static ExitCode exitOf(Exception failure) {
    return failure instanceof java.nio.file.FileSystemException
        ? ExitCode.FAILED
        : ExitCode.UNREACHABLE;
  }

  private static String codeOf(AwsServiceException refusal) {
    String code = refusal.awsErrorDetails() == null ? null : refusal.awsErrorDetails().errorCode();
    return code == null || code.isEmpty() ? "HTTP" + refusal.statusCode() : code;
  }

  private static String messageOf(AwsServiceException refusal) {
    String message =
        refusal.awsErrorDetails() == null ? null : refusal.awsErrorDetails().errorMessage();
    return message == null || message.isEmpty()
        ? "The gateway answered " + refusal.statusCode() + "."
        : message;
  }

  private static String messageOf(Exception failure) {
    if (failure instanceof NoSuchFileException missing) {
      return "there is no file " + missing.getFile();
    }
    return String.valueOf(failure.getMessage());
  }

  private static void tell(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }
}

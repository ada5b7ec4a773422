package io.sluice.it.policy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table of {@link UserMatrixIT}: the bucket's policy, the user's policy, the operation, and
 * what it answers to a user of the bucket owner's account and to one of another account.
 */
final class UserMatrixRows {
  private static final String BOTH = "'Resource':['arn:aws:s3:::{b}','arn:aws:s3:::{b}/*']";
  private static final String OBJECTS = "'Resource':'arn:aws:s3:::{b}/*'";
  private static final String GET = "'Effect':'Allow','Action':'s3:GetObject',";
  private static final String USERS = "'Principal':{'AWS':['{own}','{foreign}']},";
  private static final String ROOTS = "'Principal':{'AWS':['{owner}','{third}']},";

  /** Policies of buckets. */
  static final Map<String, String> OF_BUCKETS =
      Map.of(
          "users", "{" + USERS + GET + OBJECTS + "}",
          "roots", "{" + ROOTS + GET + OBJECTS + "}",
          "roots-all", "{" + ROOTS + "'Effect':'Allow','Action':'s3:*'," + BOTH + "}",
          "anyone", "{'Principal':'*'," + GET + OBJECTS + "}",
          "deny-users", "{" + USERS + "'Effect':'Deny','Action':'s3:GetObject'," + OBJECTS + "}",
          "deny-owner",
              "{'Principal':{'AWS':'{owner}'},'Effect':'Deny','Action':'s3:GetObject',"
                  + OBJECTS
                  + "}");

  /** Policies of users. */
  static final Map<String, String> OF_USERS =
      Map.ofEntries(
          Map.entry("all", "{'Effect':'Allow','Action':'*','Resource':'*'}"),
          Map.entry("get", "{" + GET + OBJECTS + "}"),
          Map.entry(
              "read",
              "{'Effect':'Allow','Action':['s3:GetObject','s3:ListBucket'],'Resource':'*'}"),
          Map.entry(
              "deny-get",
              "{'Effect':'Allow','Action':'s3:*','Resource':'*'},"
                  + "{'Effect':'Deny','Action':'s3:GetObject',"
                  + OBJECTS
                  + "}"),
          Map.entry("put", "{'Effect':'Allow','Action':'s3:PutObject'," + OBJECTS + "}"),
          Map.entry(
              "here",
              "{"
                  + GET
                  + OBJECTS
                  + ",'Condition':{'IpAddress':{'aws:SourceIp':['127.0.0.0/8','::1/128']}}}"),
          Map.entry(
              "there",
              "{" + GET + OBJECTS + ",'Condition':{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}}"),
          Map.entry("mine", "{" + GET + "'Resource':'arn:aws:s3:::{b}/${aws:username}/*'}"),
          Map.entry(
              "not-action", "{'Effect':'Allow','NotAction':'s3:DeleteObject','Resource':'*'}"),
          Map.entry("wildcard", "{" + GET + "'Resource':'arn:aws:s3:::it-*/k?y'}"),
          Map.entry("elsewhere", "{" + GET + "'Resource':'arn:aws:s3:::elsewhere/*'}"),
          Map.entry(
              "tagged",
              "{"
                  + GET
                  + OBJECTS
                  + ",'Condition':{'StringEquals':{'s3:ExistingObjectTag/class':'open'}}}"));

  private static final String ROWS =
      """
      # A user without a policy may do nothing, in their own account's buckets either.
      none | none | get | 403 403
      none | none | head | 403 403
      none | none | get-none | 403 403
      none | none | put | 403 403
      none | none | delete | 403 403
      none | none | list | 403 403
      none | none | get-acl | 403 403
      none | none | get-policy | 403 403
      none | none | location | 403 403
      none | none | list-buckets | 403 403
      none | get | list-buckets | 403 403
      none | all | list-buckets | 200 200
      # Their own policy is enough in their own account's buckets, and in no others.
      none | all | get | 200 403
      none | all | get-none | 404 403
      none | all | put | 200 403
      none | all | put-acl | 200 403
      none | all | delete | 204 403
      none | all | list | 200 403
      none | all | versions | 200 403
      none | all | get-acl | 200 403
      none | all | get-policy | 404 403
      none | all | location | 200 403
      none | get | get | 200 403
      none | get | head | 200 403
      none | get | get-none | 403 403
      none | get | put | 403 403
      none | get | list | 403 403
      none | get | tags | 403 403
      none | read | get-none | 404 403
      none | read | head-none | 404 403
      none | read | list | 200 403
      none | read | versions | 403 403
      none | put | put | 200 403
      none | put | put-acl | 403 403
      none | put | put-team | 403 403
      none | put | get | 403 403
      none | deny-get | get | 403 403
      none | deny-get | head | 403 403
      none | deny-get | put | 200 403
      none | deny-get | list | 200 403
      none | here | get | 200 403
      none | there | get | 403 403
      none | mine | get | 403 403
      none | mine | get-mine | 200 403
      none | not-action | get | 200 403
      none | not-action | delete | 403 403
      none | wildcard | get | 200 403
      none | wildcard | get-other | 403 403
      none | elsewhere | get | 403 403
      none | tagged | get | 200 403
      none | tagged | get-other | 403 403
      # A bucket's policy that names a user is enough in their account; across accounts both must.
      users | none | get | 200 403
      users | none | put | 403 403
      users | get | get | 200 200
      users | get | head | 200 200
      users | get | put | 403 403
      users | get | get-none | 403 403
      users | all | get | 200 200
      users | all | put | 200 403
      users | all | list | 200 403
      users | deny-get | get | 403 403
      users | elsewhere | get | 200 403
      users | there | get | 200 403
      # One that names an account leaves it to the account whom it passes that on to.
      roots | none | get | 403 403
      roots | get | get | 200 200
      roots | get | put | 403 403
      roots | all | list | 200 403
      roots | deny-get | get | 403 403
      roots | there | get | 403 403
      roots-all | none | list | 403 403
      roots-all | get | list | 403 403
      roots-all | all | list | 200 200
      roots-all | all | put | 200 200
      roots-all | all | delete | 204 204
      roots-all | all | get-policy | 200 405
      roots-all | read | put | 403 403
      # Everybody: users of other accounts still need their own account's consent.
      anyone | none | get | 200 403
      anyone | get | get | 200 200
      anyone | deny-get | get | 403 403
      anyone | elsewhere | get | 200 403
      # A denial wins, whoever it names.
      deny-users | all | get | 403 403
      deny-users | all | put | 200 403
      deny-owner | all | get | 403 403
      deny-owner | all | list | 200 403
      """;

  private UserMatrixRows() {}

  static List<String> rows() {
    return ROWS.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .collect(Collectors.toList());
  }

  static String policy(String statements) {
    return ("{'Version':'2012-10-17','Statement':[" + statements + "]}").replace('\'', '"');
  }
}

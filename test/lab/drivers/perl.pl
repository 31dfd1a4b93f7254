# DBD::Pg. The line protocol is that of serve.ts.
use strict;
use warnings;
use DBI;
use DBD::Pg;
use JSON::PP;

$| = 1;
my $json = JSON::PP->new->canonical;
sub answer { print $json->encode($_[0]), "\n"; }

answer({ version => "$DBD::Pg::VERSION" });
while (my $line = <STDIN>) {
    my $task = $json->decode($line);
    my %own = %{ $task->{environment} };
    my %before = map { $_ => $ENV{$_} } keys %own;
    for (keys %own) { defined $own{$_} ? ($ENV{$_} = $own{$_}) : delete $ENV{$_}; }
    my $reply = { ok => JSON::PP::true };
    eval {
        my $string = $task->{string} // '';
        my $connection = DBI->connect("dbi:Pg:$string", undef, undef, { RaiseError => 1, PrintError => 0 });
        $connection->do('select 1');
        $connection->disconnect;
        1;
    } or $reply = { ok => JSON::PP::false, error => "$@", unfinished => JSON::PP::false };
    answer($reply);
    for (keys %own) { defined $before{$_} ? ($ENV{$_} = $before{$_}) : delete $ENV{$_}; }
}

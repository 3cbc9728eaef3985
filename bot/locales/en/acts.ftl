# Acts that ask first, and undo
act-extend = Extend
act-delete = Delete
act-pool-delete = Delete
act-restore = Restore
act-view = View
list-bin = <b>Recycle bin</b>
list-bin-empty = The recycle bin is empty.
select-all = Select all
delete-sure = { $count ->
    [one] Delete { $count } customer into the recycle bin?
   *[other] Delete { $count } customers into the recycle bin?
}
extend-by = { $count ->
    [one] Extend the deadline of { $count } customer by how many days?
   *[other] Extend the deadlines of { $count } customers by how many days?
}
extend-typed = Send the number of days (1 to { $longest }).
extend-other = Other
undo = Undo (within { $minutes } min)
done-extend = { $count ->
    [one] Deadline extended for { $count } customer.
   *[other] Deadlines extended for { $count } customers.
}
done-delete = { $count ->
    [one] { $count } customer is in the recycle bin now.
   *[other] { $count } customers are in the recycle bin now.
}
done-pool-delete = { $count ->
    [one] { $count } customer is in the recycle bin now.
   *[other] { $count } customers are in the recycle bin now.
}
done-restore = { $count ->
    [one] { $count } customer restored.
   *[other] { $count } customers restored.
}
done-undo = { $count ->
    [one] Undone: { $count } customer is as it was.
   *[other] Undone: { $count } customers are as they were.
}
deleted-notice = 🗑 { $by } deleted { $count ->
    [one] { $count } customer of yours:
   *[other] { $count } customers of yours:
}
card-bin = In the recycle bin
